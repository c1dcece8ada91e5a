/** Looks at lever sets: `levers show`, `validate`, `history`, `diff` and `export`. Nothing is moved. */
import path from 'node:path';
import type { LeverRow } from '../../levers/lever.contract.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { writeWhole } from '../../shared/files/durable.js';
import { leverChanges } from '../../levers/changes.js';
import { formatLevers } from '../../levers/file.js';
import { absenceNotices } from '../../levers/absent.js';
import { lineage } from '../../levers/lineage.js';
import { leverStore } from '../../levers/open.js';
import { readScenarios, resolveLevers, scenarioChain } from '../../levers/scenarios.js';
import type { LeverStore } from '../../levers/store.js';
import { leverWarnings } from '../../levers/warnings.js';
import type { CliContext, Handler } from '../context.js';
import { namedSet, readFileSet, storedSet, type NamedSet } from './lever-source.js';
import { refusedOption, requiredText } from '../option-values.js';
import { moveText, renderHistory } from './render-history.js';
import { leverValueText, renderLeverChanges, renderLevers } from './render.js';
import { count } from '../render/number.js';
import { readRequest } from '../request-options.js';

const shown = optimizationRequest.pick({ levers: true, scenario: true });
const ofScenario = optimizationRequest.pick({ scenario: true });

export const showLevers: Handler = async (context, { options }) => {
  const { config, output, cwd } = context;
  const { scenario, levers: file } = readRequest(shown, options, cwd);
  const store = leverStore(config);
  const { rows, ...source } = await readSet(context, file, scenario);
  const chain = scenarioChain(scenario, await readScenarios(config), rows);
  const resolved = resolveLevers(rows, chain);
  const warnings = leverWarnings(resolved).map(({ message }) => message);
  const notices = [
    ...absenceNotices(rows),
    ...(file === undefined ? await parentsMoved(store, scenario, chain, rows) : []),
  ];
  const lastMove =
    file === undefined ? (await store.history()).findLast(({ to }) => to === source.lever_set) : undefined;
  output.show(
    {
      scenario,
      inherits: chain,
      ...source,
      last_move: lastMove ?? null,
      levers: resolved,
      warnings,
      notices,
    },
    (style) =>
      [
        style.bold(`Levers of scenario ${chain.join(' ← ')}`),
        `Set: ${source.lever_set ?? source.file}${lastMove === undefined ? '' : `, ${moveText(lastMove)}`}`,
        '',
        renderLevers(
          resolved.map((row) => ({ ...row, text: cellText(row, scenario) })),
          style,
        ),
        ...[...warnings, ...notices].map((note) => style.warn(`Note: ${note}`)),
      ].join('\n'),
  );
  return 0;
};

export const validateLevers: Handler = async (context, { args }) => {
  const file = args[0] === undefined ? undefined : path.resolve(context.cwd, args[0]);
  const { rows, ...source } = await readSet(context, file, 'default');
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

/** The newest first. */
export const leverHistory: Handler = async ({ config, output, cwd }, { options }) => {
  const scenario =
    options['scenario'] === undefined ? undefined : readRequest(ofScenario, options, cwd).scenario;
  const moves = (await leverStore(config).history(scenario)).toReversed();
  output.show({ scenario: scenario ?? null, moves }, (style) => renderHistory(moves, style));
  return 0;
};

export const diffLevers: Handler = async ({ config, output, cwd }, { args, options }) => {
  const { scenario } = readRequest(ofScenario, options, cwd);
  const store = leverStore(config);
  const from =
    args[0] === undefined
      ? await setBefore(store, scenario)
      : await namedSet(config, store, args[0], scenario, cwd);
  const to = await namedSet(config, store, args[1] ?? 'current', scenario, cwd);
  const changes = leverChanges(from.rows, to.rows);
  const [a, b] = [from, to].map(({ file, lever_set }) => ({ file, lever_set }));
  output.show({ from: a, to: b, changes }, (style) =>
    [
      `${from.file ?? from.lever_set} → ${to.file ?? to.lever_set}`,
      changes.length === 0 ? 'The same values and locks.' : renderLeverChanges(changes, style),
    ].join('\n'),
  );
  return 0;
};

/** The set in its canonical form: an import of it gives the same fingerprint. */
export const exportLevers: Handler = async ({ config, output, cwd }, { options }) => {
  const { scenario } = readRequest(ofScenario, options, cwd);
  const out = path.resolve(cwd, requiredText('--out', options['out']));
  for (const kept of [config.seeds, path.join(config.home, 'levers')]) {
    if (out.startsWith(kept + path.sep)) throw refusedOption('--out', out, `must not lie in ${kept}`);
  }
  const store = leverStore(config);
  const lever_set = await store.current(scenario);
  await writeWhole(out, formatLevers(await store.load(lever_set)));
  output.show({ scenario, lever_set, out }, () => `Set ${lever_set} of scenario ${scenario}: ${out}`);
  return 0;
};

async function readSet(
  { config }: CliContext,
  file: string | undefined,
  scenario: string,
): Promise<NamedSet> {
  if (file !== undefined) return readFileSet(file, config);
  const store = leverStore(config);
  return storedSet(store, await store.current(scenario));
}

async function setBefore(store: LeverStore, scenario: string): Promise<NamedSet> {
  const before = lineage(await store.history(scenario)).at(-2);
  if (before === undefined) throw failure('LEVERS_NEVER_MOVED', { scenario, sets: 0 });
  return storedSet(store, before);
}

/** A scenario with a set of its own holds its parents' rows as they were when it was last moved. */
async function parentsMoved(
  store: LeverStore,
  scenario: string,
  [, ...parents]: readonly string[],
  rows: readonly LeverRow[],
): Promise<string[]> {
  const notices: string[] = [];
  const own = await store.scenarios();
  for (const parent of parents.filter((name) => own.includes(name))) {
    const ofParent = (row: LeverRow): boolean => row.scenario_id === parent;
    const theirs = (await store.load(await store.current(parent))).filter(ofParent);
    const { length } = leverChanges(rows.filter(ofParent), theirs);
    if (length > 0)
      notices.push(
        `${parent} has moved since: ${count(length)} inherited levers differ (\`meritloop levers diff ${scenario} ${parent}\`); \`levers set --inherit\` takes them over`,
      );
  }
  return notices;
}

function cellText(row: LeverRow, scenario: string): string {
  const from = row.scenario_id === scenario ? '' : ` (${row.scenario_id})`;
  return `${leverValueText(row.parameter_name, row.parameter_value)}${row.is_locked ? ' (locked)' : ''}${from}`;
}
