/** Answers the routes that check and move levers. */
import type { BrokenField } from '../common.contract.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { listYears, parsePlanYears } from '../../shared/contract/years.contract.js';
import { lackingLevers, missingLevers } from '../../levers/missing.js';
import { assignCells, type LeverCell } from '../../levers/assign.js';
import { leverChanges } from '../../levers/changes.js';
import { draftCells, draftErrors } from '../../levers/draft.js';
import { inspectLevers, parseLevers } from '../../levers/file.js';
import { chooseEarlier, chooseRows, moveLevers } from '../../levers/moves.js';
import { jobLevels } from '../../levers/job-levels.js';
import { leverStore } from '../../levers/open.js';
import { asSeenBy, inheritance, readScenarios, resolveLevers } from '../../levers/scenarios.js';
import { leverWarnings } from '../../levers/warnings.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { Refusal, refusedField } from '../refusal.js';
import * as routes from './routes.js';
import { absentLevers } from '../../levers/absent.js';
import { PARAMETER_NAMES, type LeverRow } from '../../levers/lever.contract.js';

/** Stands for the file's name in errors. */
const SOURCE = 'levers.csv';

export const leverMoveHandlers = ({ config }: ServerContext) =>
  newApi()
    .openapi(routes.validateLevers, async (context) => {
      const { scenario, changes, years, ...draft } = context.req.valid('json');
      const store = leverStore(config);
      const chain = inheritance(scenario, await readScenarios(config));
      const current = await store.current(scenario);
      const base = draft.base ?? current;
      const rows = await store.load(base);
      const cells = draftCells(changes);
      const broken = brokenCells(rows, chain, cells, jobLevels(config));
      const by = context.get('caller').user;
      const after =
        broken.length === 0
          ? assignCells(rows, cells, { scenario, chain, by, at: new Date().toISOString() })
          : rows;
      const errors = [...broken, ...lackingIn(years, { scenario, chain, levels: jobLevels(config) }, after)];
      return context.json(
        {
          valid: errors.length === 0,
          errors,
          warnings: leverWarnings(resolveLevers(after, chain)),
          changes: leverChanges(asSeenBy(scenario, chain, rows), asSeenBy(scenario, chain, after)),
          base,
          is_current: base === current,
        },
        200,
      );
    })
    .openapi(routes.publishLevers, async (context) => {
      const { scenario, expected, changes, reason } = context.req.valid('json');
      const mover = context.get('caller');
      const move = { scenario, expected, action: 'set' as const, mover, reason };
      const made = await moveLevers(config, move, async ({ store, chain, by }) => {
        const rows = await store.load(expected);
        const cells = draftCells(changes);
        const errors = brokenCells(rows, chain, cells, jobLevels(config));
        if (errors.length > 0) throw new Refusal(errors);
        const assigner = { scenario, chain, by, at: new Date().toISOString() };
        return { fingerprint: await store.save(assignCells(rows, cells, assigner)), notices: [] };
      });
      return context.json(made, 200);
    })
    .openapi(routes.rollbackLevers, async (context) => {
      const { scenario, expected, to, steps, reason } = context.req.valid('json');
      const move = {
        scenario,
        expected,
        action: 'rollback' as const,
        mover: context.get('caller'),
        reason,
      };
      const made = await moveLevers(config, move, (scope) =>
        chooseEarlier(scope, { to, steps }, (rule) => refusedField('to', to ?? '', rule)),
      );
      return context.json(made, 200);
    })
    .openapi(routes.previewImport, async (context) => {
      const { scenario, csv } = context.req.valid('json');
      const store = leverStore(config);
      const chain = inheritance(scenario, await readScenarios(config));
      const base = await store.current(scenario);
      const { rows, errors } = inspect(csv, jobLevels(config).length);
      const before = asSeenBy(scenario, chain, await store.load(base));
      return context.json(
        {
          valid: errors.length === 0,
          errors,
          rows: rows.length,
          scenarios: [...new Set(rows.map(({ scenario_id }) => scenario_id))],
          warnings: leverWarnings(rows),
          changes: errors.length > 0 ? [] : leverChanges(before, asSeenBy(scenario, chain, rows)),
          base,
        },
        200,
      );
    })
    .openapi(routes.importLevers, async (context) => {
      const { scenario, csv, expected, reason } = context.req.valid('json');
      const rows = parseLevers(csv, SOURCE, jobLevels(config).length);
      const move = { scenario, expected, action: 'import' as const, mover: context.get('caller'), reason };
      const made = await moveLevers(config, move, (scope) =>
        chooseRows(scope, rows, (rule) => refusedField('scenario', scenario, rule)),
      );
      return context.json(made, 200);
    });

/** What the plan years asked for lack. */
function lackingIn(
  years: string | undefined,
  {
    scenario,
    chain,
    levels,
  }: { readonly scenario: string; readonly chain: readonly string[]; readonly levels: readonly number[] },
  rows: readonly LeverRow[],
): BrokenField[] {
  if (years === undefined) return [];
  // A lever that the whole set does not know holds its neutral value: it is not lacking.
  const absent = absentLevers(rows);
  const names = PARAMETER_NAMES.filter((name) => !absent.includes(name));
  const planned = listYears(parsePlanYears(years));
  const keys = lackingLevers(resolveLevers(rows, chain), planned, levels, names);
  if (keys.length === 0) return [];
  const { message, hint } = failure('LEVER_MISSING', { ...missingLevers(scenario, keys) });
  return [{ where: 'body', field: 'years', value: years, rule: `${message}. ${hint}`, line: null }];
}

const brokenCells = (
  rows: readonly LeverRow[],
  chain: readonly string[],
  cells: readonly LeverCell[],
  levels: readonly number[],
): BrokenField[] =>
  draftErrors(rows, chain, cells, levels).map(({ index, field, value, rule }) => ({
    where: 'body',
    field: `changes.${index}.${field}`,
    value,
    rule,
    line: null,
  }));

/** The rows of a lever file and its errors, also those of the file as a whole. */
function inspect(
  csv: string,
  topLevel: number,
): { readonly rows: LeverRow[]; readonly errors: BrokenField[] } {
  try {
    const { rows, errors } = inspectLevers(csv, SOURCE, topLevel);
    return { rows, errors: errors.map((error) => ({ where: 'file', ...error })) };
  } catch (error) {
    if (!(error instanceof MeritloopError) || error.exitCode !== 2) throw error;
    const { field, column, value, rule, line } = error.fields;
    return {
      rows: [],
      errors: [
        {
          where: 'file',
          field: String(field ?? column ?? 'file'),
          value: String(value ?? ''),
          rule: String(rule ?? error.message),
          line: typeof line === 'number' ? line : null,
        },
      ],
    };
  }
}
