/** What is allowed but hardly right: pay far from its level, from the rest of the file, or in another unit. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows, type SqlRow } from './database.js';
import type { IntakeNotice, IntakeQuestion, PayUnit } from './intake/answers.contract.js';
import { annualFactor } from './intake/pay.js';
import { notice } from './intake/read-table.js';
import { at } from './intake/rows.js';
import type { LinesOf } from './lines.js';

/** Pay of a job level, a year at full time. */
export interface LevelRange {
  readonly level_id: number;
  readonly min_pay: number;
  readonly max_pay: number;
}

const EXAMPLES = 20;
/** Below that share of the lowest range pay is in another unit, not low. */
const FAR_BELOW = 0.1;
const BELOW = 0.25;
const HALF = 0.5;
const FAR_ABOVE = 10;
/** So many rows in another unit are no slips. */
const MANY = 0.2;

export interface Plausibility {
  readonly notices: readonly IntakeNotice[];
  readonly questions: readonly IntakeQuestion[];
}

/** @param isUnitKnown somebody, or a column of the file, has said what the pay is in */
export async function plausibility(
  connection: DuckDBConnection,
  ranges: readonly LevelRange[],
  isUnitKnown: boolean,
  linesOf: LinesOf,
): Promise<Plausibility> {
  if (ranges.length === 0) return { notices: [], questions: [] };
  const lowest = Math.min(...ranges.map(({ min_pay }) => min_pay));
  const highest = Math.max(...ranges.map(({ max_pay }) => max_pay));
  await connection.run(
    `create temp table level_ranges as select * from (values ${ranges
      .map(({ level_id, min_pay, max_pay }) => `(${level_id}, ${min_pay}, ${max_pay})`)
      .join(', ')}) as ranges (level_id, min_pay, max_pay)`,
  );
  const lower = await find(connection, `annual_salary < ${lowest * BELOW}`);
  // Half of a file that is below every range is in another unit, though each might be low.
  const share = lower.count >= 3 && lower.count >= lower.all * HALF ? BELOW : FAR_BELOW;
  const low = share === BELOW ? lower : await find(connection, `annual_salary < ${lowest * share}`);
  const high = await find(connection, `annual_salary > ${highest * FAR_ABOVE}`);
  const outside = await find(
    connection,
    'job_level is not null and (annual_salary < ranges.min_pay or annual_salary > ranges.max_pay)',
  );
  const between = await find(
    connection,
    'job_level is null and not exists (from level_ranges where annual_salary between min_pay and max_pay)',
  );
  const lineOf = await linesOf([low, high, outside, between].flatMap(({ rows }) => rows.map(recordOf)));
  const lines = ({ rows }: Found): number[] => rows.map((row) => lineOf(recordOf(row)));
  const notices: IntakeNotice[] = [];
  const questions: IntakeQuestion[] = [];
  if (low.count > 0) {
    const pay = Number(low.rows[0]?.['pay']);
    const message = `${low.count} of ${low.all} rows have annual_salary below ${share * 100} % of the lowest pay range (${amount(pay)}; ${at(lines(low))})${guess(pay, lowest, highest)}`;
    const [unit] = unitsFor(pay, lowest, highest);
    if (low.count >= low.all * MANY && low.count >= 3 && !isUnitKnown)
      questions.push({
        code: 'PAY_UNIT',
        message,
        options: [...unitsFor(pay, lowest, highest), 'annual'],
        option: `--pay-unit ${unit ?? 'annual'}`,
      });
    else notices.push(notice('PAY_FAR_BELOW', low.count, lines(low), message));
  }
  if (high.count > 0) {
    const pay = Number(high.rows[0]?.['pay']);
    const message = `${high.count} of ${high.all} rows have annual_salary above ${FAR_ABOVE} times the highest pay range (${amount(pay)}; ${at(lines(high))}): it may be in cents, or in another currency`;
    if (high.count >= high.all * MANY && high.count >= 3 && !isUnitKnown)
      questions.push({ code: 'PAY_UNIT', message, options: ['cents', 'annual'], option: '--pay-unit cents' });
    else notices.push(notice('PAY_FAR_ABOVE', high.count, lines(high), message));
  }
  if (outside.count > 0)
    notices.push(
      notice(
        'PAY_OUTSIDE_LEVEL',
        outside.count,
        lines(outside),
        `pay outside its level's range: ${people(outside.count)} (${examples(outside, (row) => `L${String(row['job_level'])} ${amount(Number(row['pay']))}`)})`,
      ),
    );
  if (between.count > 0)
    notices.push(
      notice(
        'PAY_OUTSIDE_EVERY_LEVEL',
        between.count,
        lines(between),
        `level derived from pay outside every range: ${between.count} (${examples(between, (row) => placeOf(Number(row['pay']), ranges), '; ')})`,
      ),
    );
  return { notices, questions };
}

interface Found {
  readonly count: number;
  /** People at work in the file. */
  readonly all: number;
  readonly rows: readonly SqlRow[];
}

async function find(connection: DuckDBConnection, rule: string): Promise<Found> {
  const rows = await queryRows(
    connection,
    `select record, job_level, annual_salary::double as pay, count(*) over () as count,
       (select count(*) from typed where termination_text is null) as all_rows
     from typed left join level_ranges as ranges on job_level = ranges.level_id
     where termination_text is null and ${rule} order by record limit ${EXAMPLES}`,
  );
  return { count: Number(rows[0]?.['count'] ?? 0), all: Number(rows[0]?.['all_rows'] ?? 0), rows };
}

const recordOf = (row: SqlRow): number => Number(row['record']);

const examples = ({ rows, count }: Found, text: (row: SqlRow) => string, between = ', '): string =>
  `${rows.slice(0, 4).map(text).join(between)}${count > 4 ? `${between}…` : ''}`;

const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`;

/** `450,000`, `12.50`. */
const amount = (pay: number): string =>
  new Intl.NumberFormat('en-US', {
    minimumFractionDigits: Number.isInteger(pay) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(pay);

/** Units that would put the pay into a range, the likeliest first: most people are at the lower levels. */
function unitsFor(pay: number, lowest: number, highest: number) {
  const usual = lowest * 1.5;
  const distance = (unit: PayUnit): number => Math.abs(Math.log((pay * annualFactor(unit, 40)) / usual));
  return (['hourly', 'weekly', 'biweekly', 'monthly', 'thousands'] as const)
    .filter((unit) => {
      const annual = pay * annualFactor(unit, 40);
      return annual >= lowest * 0.5 && annual <= highest;
    })
    .toSorted((one, other) => distance(one) - distance(other));
}

function guess(pay: number, lowest: number, highest: number): string {
  const [unit] = unitsFor(pay, lowest, highest);
  if (unit === undefined) return '';
  const factor = annualFactor(unit, 40);
  const named = unit === 'hourly' ? 'an hourly rate' : unit === 'thousands' ? 'thousands' : `a ${unit} rate`;
  return `: it looks like ${named}; x ${factor} = ${amount(pay * factor)}`;
}

function placeOf(pay: number, ranges: readonly LevelRange[]): string {
  const below = ranges.findLast(({ max_pay }) => pay > max_pay);
  const above = ranges.find(({ min_pay }) => pay < min_pay);
  const text = amount(pay);
  if (below === undefined) return `${text} below L${above?.level_id ?? 1}`;
  if (above === undefined) return `${text} above L${below.level_id}`;
  return `${text} between L${below.level_id} and L${above.level_id}`;
}
