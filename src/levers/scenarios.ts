/** Scenarios and their parents: where a lever is looked for, in order. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { neutralRows } from './absent.js';
import type { LeverRow } from './lever.contract.js';
import { RUN_ID } from '../runs/request.contract.js';
import { csvCellText } from '../shared/contract/escaped.terms.js';
import { readCsvTable, throwCsvErrors, type CsvError } from '../shared/files/csv-table.js';
import { failure } from '../shared/errors/errors.js';
import { readText } from '../shared/files/durable.js';

export interface Scenario {
  readonly scenario_id: string;
  /** Null: `default` itself, or a scenario right under it. */
  readonly parent_id: string | null;
  readonly description: string;
  /** Made in the home, not delivered. */
  readonly is_own: boolean;
}

const ROOT = 'default';
const COLUMNS = ['scenario_id', 'parent_id', 'description'] as const;

/** Where scenarios that were made in a home stand, in the columns of `scenarios.csv`. */
export const ownScenariosFile = ({ home }: Pick<Config, 'home'>): string =>
  path.join(home, 'levers', 'scenarios.csv');

/** The delivered scenarios, then those of the home. @throws MeritloopError COLUMN_MISSING, ROW_INVALID */
export async function readScenarios(config: Pick<Config, 'home' | 'seeds'>): Promise<Scenario[]> {
  const delivered = await readDeliveredScenarios(config.seeds);
  const own = ownScenariosFile(config);
  const text = await readText(own);
  if (text === null) return delivered;
  const made = parseScenarios(text, own, delivered);
  return [...delivered, ...made.map((scenario) => ({ ...scenario, is_own: true }))];
}

/** The rows of `seeds/scenarios.csv`, which is never written. @throws MeritloopError COLUMN_MISSING, ROW_INVALID */
export async function readDeliveredScenarios(seedsDir: string): Promise<Scenario[]> {
  const source = path.join(seedsDir, 'scenarios.csv');
  return parseScenarios(await readFile(source, 'utf8'), path.basename(source));
}

/**
 * @param source names the file in errors
 * @param others scenarios that stand elsewhere: parents to choose from, and names that are taken
 * @throws MeritloopError COLUMN_MISSING, ROW_INVALID
 */
export function parseScenarios(text: string, source: string, others: readonly Scenario[] = []): Scenario[] {
  const rows = readCsvTable(text, source, COLUMNS);
  const ids = rows.map((row) => row.cell('scenario_id'));
  const taken = others.map(({ scenario_id }) => scenario_id);
  const errors = rows.flatMap((row, index): CsvError[] => {
    const error = (field: string, rule: string) => ({ line: row.line, field, value: row.cell(field), rule });
    const id = row.cell('scenario_id');
    const parent = row.cell('parent_id');
    const first = rows[ids.indexOf(id)];
    return [
      ...(RUN_ID.test(id) ? [] : [error('scenario_id', 'must be letters, digits, dot, dash or underscore')]),
      ...(ids.indexOf(id) < index ? [error('scenario_id', `is also on line ${first?.line}`)] : []),
      ...(taken.includes(id) ? [error('scenario_id', 'is a delivered scenario')] : []),
      ...(parent === '' || parent === ROOT || ids.includes(parent) || taken.includes(parent)
        ? []
        : [error('parent_id', 'is no scenario')]),
      ...(id === ROOT && parent !== '' ? [error('parent_id', 'must be empty: default has no parent')] : []),
    ];
  });
  throwCsvErrors(source, errors);
  return rows.map((row) => ({
    scenario_id: row.cell('scenario_id'),
    parent_id: row.cell('parent_id') || null,
    description: csvCellText(row.cell('description')),
    is_own: false,
  }));
}

/**
 * The scenario, its parent and so on up to `default`. One that stands only in the lever rows is right under `default`.
 * @throws MeritloopError SCENARIO_UNKNOWN, SCENARIO_CYCLE
 */
export function scenarioChain(
  scenario: string,
  scenarios: readonly Scenario[],
  rows: readonly LeverRow[],
): string[] {
  const known = new Set([
    ROOT,
    ...scenarios.map((row) => row.scenario_id),
    ...rows.map((row) => row.scenario_id),
  ]);
  if (!known.has(scenario)) throw failure('SCENARIO_UNKNOWN', { scenario, known: [...known].toSorted() });
  return inheritance(scenario, scenarios);
}

/** The same for a scenario that need not exist yet. @throws MeritloopError SCENARIO_CYCLE */
export function inheritance(scenario: string, scenarios: readonly Scenario[]): string[] {
  const chain: string[] = [];
  let next = scenario;
  while (true) {
    if (chain.includes(next)) throw failure('SCENARIO_CYCLE', { chain: [...chain, next] });
    chain.push(next);
    if (next === ROOT) return chain;
    const current = next;
    next = scenarios.find((row) => row.scenario_id === current)?.parent_id ?? ROOT;
  }
}

/**
 * Each lever from the nearest scenario of the chain that has it. One of the catalogue that no row names stands at its
 * neutral value, as `default`'s, in every year and level that the rows speak of.
 */
export function resolveLevers(rows: readonly LeverRow[], chain: readonly string[]): LeverRow[] {
  const nearest = new Map<string, LeverRow>();
  const own = chain.flatMap((scenario) => rows.filter(({ scenario_id }) => scenario_id === scenario));
  for (const row of [...own, ...neutralRows(rows)]) {
    const key = `${row.fiscal_year} ${row.job_level} ${row.parameter_name}`;
    if (!nearest.has(key)) nearest.set(key, row);
  }
  return [...nearest.values()];
}

/** What the scenario inherits stands under its own name, so that two sets compare by what holds for it. */
export function asSeenBy(scenario: string, chain: readonly string[], rows: readonly LeverRow[]): LeverRow[] {
  const own = resolveLevers(rows, chain).map((row) => ({ ...row, scenario_id: scenario }));
  return [...rows.filter(({ scenario_id }) => !chain.includes(scenario_id)), ...own];
}
