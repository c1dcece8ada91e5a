/** Differences between the oracle's rows and the models', each naming person, year, column and both values. */
import type { SimulatedRows } from './simulate-company.js';

type Row = Readonly<Record<string, unknown>>;

/** Doubles of a sum or a product may differ in their last places between two ways of reckoning. */
const RELATIVE = 1e-12;
/** Growth in percent, its parts in pp. */
const GROWTH = 1e-9;

export function differences(oracle: SimulatedRows, models: SimulatedRows): string[] {
  return [
    ...tableDifferences(
      'event',
      oracle.events,
      models.events,
      ['employee_id', 'simulation_year', 'event_sequence'],
      RELATIVE,
    ),
    ...tableDifferences(
      'snapshot',
      oracle.snapshot,
      models.snapshot,
      ['employee_id', 'simulation_year'],
      RELATIVE,
    ),
    ...tableDifferences('growth', oracle.growth, models.growth, ['simulation_year'], GROWTH),
    ...tableDifferences('baseline', oracle.baseline, models.baseline, ['simulation_year'], RELATIVE),
  ];
}

function tableDifferences(
  table: string,
  expected: readonly object[],
  found: readonly object[],
  key: readonly string[],
  tolerance: number,
): string[] {
  const keyed = (rows: readonly object[]) =>
    new Map(rows.map((row) => [key.map((column) => String((row as Row)[column])).join(' '), row as Row]));
  const [oracle, models] = [keyed(expected), keyed(found)];
  const repeated = found.length - models.size;
  return [
    ...(repeated === 0 ? [] : [`${table}: the models have ${repeated} rows whose key stands before`]),
    ...[...oracle].flatMap(([id, row]) => {
      const other = models.get(id);
      if (other === undefined) return [`${table} ${id}: only the oracle has ${JSON.stringify(row)}`];
      return [...new Set([...Object.keys(row), ...Object.keys(other)])]
        .filter((column) => !isSame(row[column], other[column], tolerance))
        .map(
          (column) =>
            `${table} ${id}: ${column} is ${String(row[column])} by the oracle, ${String(other[column])} by the models`,
        );
    }),
    ...[...models]
      .filter(([id]) => !oracle.has(id))
      .map(([id, row]) => `${table} ${id}: only the models have ${JSON.stringify(row)}`),
  ];
}

function isSame(expected: unknown, found: unknown, tolerance: number): boolean {
  if (typeof expected !== 'number' || typeof found !== 'number') return expected === found;
  if (Number.isInteger(expected) && Number.isInteger(found)) return expected === found;
  return Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected));
}
