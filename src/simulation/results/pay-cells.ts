/** A stored simulation by year, level and status, in memory: figures of any population without reading its rows again. */
import { STATUSES, type DetailedStatus } from '../../shared/contract/choices.terms.js';
import type { Row } from '../engine/database.js';
import type { Population, Split } from './population.js';
import { medianOf } from './median.js';
import { TABLE_FILES } from './table-files.js';

/** Money in cents, so that sums are exact and do not depend on the order. */
interface PayCell {
  readonly year: number;
  readonly level: number;
  readonly status: DetailedStatus;
  readonly prorated: number;
  readonly opening: number;
  readonly pay: Float64Array;
  /** Sum of `pay`. */
  readonly payroll: number;
}

/** Headcount and pay of a population in a year; money in USD. */
export interface PayGroup {
  readonly year: number;
  /** Null: of all levels chosen. */
  readonly level: number | null;
  readonly status: DetailedStatus | null;
  readonly headcount: number;
  readonly payroll: number;
  readonly mean_pay: number;
  readonly median_pay: number;
  readonly prorated_mean_pay: number;
  /** Closing and opening pay of those who stayed; null without any. */
  readonly stayers_pay: number | null;
  readonly stayers_opening_pay: number | null;
}

export interface CellSource {
  rows(sql: string): Promise<Row[]>;
  doubleLists(sql: string): Promise<Map<number, Float64Array>>;
}

const FILE = `'${TABLE_FILES.snapshot}'`;
const CENTS = 100;
const LEVEL_ROOM = 16;
const STATUS_ROOM = STATUSES.length;

const SUMS = `select simulation_year, level_id, detailed_status_code,
  sum(prorated_compensation)::double as prorated,
  coalesce(sum(opening_compensation), 0)::double as opening
from ${FILE}
group by all
order by all`;

const CELL = `((simulation_year * ${LEVEL_ROOM} + level_id) * ${STATUS_ROOM}
  + case detailed_status_code ${STATUSES.slice(1)
    .map((status, index) => `when '${status}' then ${index + 1}`)
    .join(' ')} else 0 end)::double`;
const PAYS = `select ${CELL} as cell, pays
from (
  select simulation_year, level_id, detailed_status_code, list(current_compensation::double) as pays
  from ${FILE}
  group by all
)`;

const numberOfCell = (year: number, level: number, status: DetailedStatus): number =>
  (year * LEVEL_ROOM + level) * STATUS_ROOM + STATUSES.indexOf(status);

export class PayCells {
  readonly #cells: readonly PayCell[];

  constructor(cells: readonly PayCell[]) {
    this.#cells = cells;
  }

  /** How many people each year, level and status has. */
  counts(): {
    readonly year: number;
    readonly level: number;
    readonly status: DetailedStatus;
    readonly headcount: number;
  }[] {
    return this.#cells.map(({ year, level, status, pay }) => ({
      year,
      level,
      status,
      headcount: pay.length,
    }));
  }

  /** Rows of the snapshot: people, each once for every year. */
  get people(): number {
    return this.#cells.reduce((sum, { pay }) => sum + pay.length, 0);
  }

  /** The same figures as `payByYear` computes from the rows, in the same order. */
  groups({ statuses, levels }: Population, split: Split): PayGroup[] {
    const [byLevel, byStatus] = [split.includes('level'), split.includes('status')];
    const groups = new Map<string, PayCell[]>();
    for (const cell of this.#cells) {
      if (!statuses.includes(cell.status) || levels?.includes(cell.level) === false) continue;
      const key = [cell.year, byLevel ? cell.level : '', byStatus ? cell.status : ''].join();
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [cell]);
      else members.push(cell);
    }
    // The cells stand in the order of year, level and status; without levels only the statuses are out of order.
    return [...groups.values()]
      .map((cells) => groupOf(cells, byLevel, byStatus))
      .toSorted(
        (left, right) =>
          left.year - right.year ||
          (left.level ?? 0) - (right.level ?? 0) ||
          (left.status ?? '').localeCompare(right.status ?? ''),
      );
  }
}

function groupOf(cells: readonly PayCell[], byLevel: boolean, byStatus: boolean): PayGroup {
  const [first] = cells as [PayCell];
  const sum = (of: (cell: PayCell) => number, among = cells): number =>
    among.reduce((total, cell) => total + of(cell), 0);
  const headcount = sum(({ pay }) => pay.length);
  const payroll = sum((cell) => cell.payroll) / CENTS;
  const stayers = cells.filter(({ status }) => status === 'continuous_active');
  const all = new Float64Array(headcount);
  let at = 0;
  for (const { pay } of cells) {
    all.set(pay, at);
    at += pay.length;
  }
  return {
    year: first.year,
    level: byLevel ? first.level : null,
    status: byStatus ? first.status : null,
    headcount,
    payroll,
    mean_pay: payroll / headcount,
    // DuckDB's median of decimals has two places, the rest cut off.
    median_pay: Math.floor(medianOf(all)) / CENTS,
    prorated_mean_pay: sum((cell) => cell.prorated) / CENTS / headcount,
    stayers_pay: stayers.length === 0 ? null : sum((cell) => cell.payroll, stayers) / CENTS,
    stayers_opening_pay: stayers.length === 0 ? null : sum((cell) => cell.opening, stayers) / CENTS,
  };
}

const cents = (usd: unknown): number => Math.round(Number(usd) * CENTS);

/** Reads the snapshot once. */
export async function loadPayCells(source: CellSource): Promise<PayCells> {
  const [sums, pays] = await Promise.all([source.rows(SUMS), source.doubleLists(PAYS)]);
  const cells = sums.map((row): PayCell => {
    const [year, level] = [Number(row['simulation_year']), Number(row['level_id'])];
    const status = row['detailed_status_code'] as DetailedStatus;
    const pay = (pays.get(numberOfCell(year, level, status)) ?? new Float64Array()).map(cents);
    return {
      year,
      level,
      status,
      prorated: cents(row['prorated']),
      opening: cents(row['opening']),
      pay,
      payroll: pay.reduce((sum, each) => sum + each, 0),
    };
  });
  return new PayCells(cells);
}
