/** `levers show` and `levers validate`: read-only looks at lever sets. */
import path from 'node:path';
import type { LeverRow } from '../../contract/lever.js';
import { optimizationRequest } from '../../contract/request.js';
import { leverStore, readLeverFile, seedsFolder } from '../../levers/open.js';
import { parseLevers } from '../../levers/file.js';
import { readScenarios, scenarioChain } from '../../levers/scenarios.js';
import { leverWarnings } from '../../levers/warnings.js';
import type { CliContext, Handler } from '../context.js';
import { leverValueText, renderLevers } from '../render/levers.js';
import { count } from '../render/number.js';
import { readRequest } from '../request-options.js';

const shown = optimizationRequest.pick({ levers: true, scenario: true });

export const showLevers: Handler = async (context, { options }) => {
  const { config, output, cwd } = context;
  const { scenario, levers: file } = readRequest(shown, options, cwd);
  const { rows, source } = await readSet(context, file, scenario);
  const chain = scenarioChain(scenario, await readScenarios(seedsFolder(config)), rows);
  const resolved = resolve(rows, chain);
  const warnings = leverWarnings(resolved).map(({ message }) => message);
  output.show({ scenario, inherits: chain, ...source, levers: resolved, warnings }, (style) =>
    [
      style.bold(`Levers of scenario ${chain.join(' ← ')}`),
      `Set: ${source.lever_set ?? source.file}`,
      '',
      renderLevers(
        resolved.map((row) => ({ ...row, text: cellText(row, scenario) })),
        style,
      ),
      ...warnings.map((warning) => style.warn(`Note: ${warning}`)),
    ].join('\n'),
  );
  return 0;
};

export const validateLevers: Handler = async (context, { args }) => {
  const file = args[0] === undefined ? undefined : path.resolve(context.cwd, args[0]);
  const { rows, source } = await readSet(context, file, 'default');
  const warnings = leverWarnings(rows);
  const scenarios = [...new Set(rows.map(({ scenario_id }) => scenario_id))];
  const locked = rows.filter(({ is_locked }) => is_locked).length;
  context.output.show({ valid: true, ...source, rows: rows.length, scenarios, locked, warnings }, (style) =>
    [
      `${source.file ?? `set ${source.lever_set}`}: ${style.good('valid')}`,
      `${count(rows.length)} rows, ${count(locked)} locked, scenarios: ${scenarios.join(', ')}`,
      ...warnings.map(({ message }) => style.warn(`Note: ${message}`)),
    ].join('\n'),
  );
  return 0;
};

interface LeverSource {
  readonly file: string | null;
  /** Fingerprint; null for a file, which is only read. */
  readonly lever_set: string | null;
}

async function readSet(
  { config }: CliContext,
  file: string | undefined,
  scenario: string,
): Promise<{ rows: LeverRow[]; source: LeverSource }> {
  if (file !== undefined) {
    const rows = parseLevers(await readLeverFile(file), path.basename(file));
    return { rows, source: { file, lever_set: null } };
  }
  const store = leverStore(config);
  const lever_set = await store.current(scenario);
  return { rows: await store.load(lever_set), source: { file: null, lever_set } };
}

/** Each lever from the nearest scenario of the chain that has it. */
function resolve(rows: readonly LeverRow[], chain: readonly string[]): LeverRow[] {
  const nearest = new Map<string, LeverRow>();
  for (const scenario of chain) {
    for (const row of rows.filter(({ scenario_id }) => scenario_id === scenario)) {
      const key = `${row.fiscal_year} ${row.job_level} ${row.parameter_name}`;
      if (!nearest.has(key)) nearest.set(key, row);
    }
  }
  return [...nearest.values()];
}

function cellText(row: LeverRow, scenario: string): string {
  const from = row.scenario_id === scenario ? '' : ` (${row.scenario_id})`;
  return `${leverValueText(row.parameter_name, row.parameter_value)}${row.is_locked ? ' (locked)' : ''}${from}`;
}
