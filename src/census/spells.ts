/** Ends without end, leavers without a date, and people who came back: one person each, as they are at the baseline date. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows, sqlText } from './database.js';
import type { IntakeNotice } from './intake/answers.contract.js';
import { notice } from './intake/read-table.js';
import { at } from './intake/rows.js';
import type { LinesOf } from './lines.js';

const EXAMPLES = 20;
/** Takes the earlier spells of people who came back out of `typed`. */
export async function settleSpells(
  connection: DuckDBConnection,
  baselineDate: string,
  linesOf: LinesOf,
): Promise<IntakeNotice[]> {
  const again = await select(connection, EARLIER_SPELLS);
  const [open, unsaid, announced] = await allOf(connection, [
    'is_open_end',
    'has_left_unsaid',
    `termination_date > date ${sqlText(baselineDate)}`,
  ]);
  const lineOf = await linesOf([again, open, unsaid, announced].flatMap((found) => found?.records ?? []));
  if (again.count > 0) await connection.run(`delete from typed where record in (${EARLIER_SPELLS})`);
  const say = (found: Found | undefined, code: string, words: (count: number, lines: string) => string) => {
    if (found === undefined || found.count === 0) return [];
    const lines = found.records.map(lineOf);
    return [notice(code, found.count, lines, words(found.count, at(lines)))];
  };
  return [
    ...say(
      open,
      'OPEN_END',
      (count, lines) =>
        `${count} termination dates stand for an open end, such as 9999-12-31: read as none (${lines})`,
    ),
    ...say(
      unsaid,
      'LEFT_WITHOUT_DATE',
      (count, lines) =>
        `${count} people have left by their status, without a date: they are not in the baseline (${lines})`,
    ),
    ...say(
      again,
      'REHIRED',
      (count, lines) => `${count} earlier spells of people who came back: their last one counts (${lines})`,
    ),
    ...say(
      announced,
      'ANNOUNCED_LEAVERS',
      (count, lines) =>
        `${count} people leave after ${baselineDate}: they are not in the baseline, like those who have left (${lines})`,
    ),
  ];
}

/** A spell that ended before the same person's next one began. */
const EARLIER_SPELLS = `select record from (
    select record, hire_date, termination_date, lead(hire_date) over spells as next_hire,
      count(*) over (partition by employee_id) as rows,
      bool_or(broken) over (partition by employee_id) as is_broken
    from (
      select *, coalesce(termination_date > lead(hire_date) over spells, lead(record) over spells is not null and termination_date is null) as broken
      from typed
      where employee_id in (select employee_id from typed group by employee_id having count(*) > 1)
      window spells as (partition by employee_id order by hire_date, record)
    )
    window spells as (partition by employee_id order by hire_date, record)
  ) where rows > 1 and not is_broken and next_hire is not null`;

interface Found {
  readonly count: number;
  readonly records: readonly number[];
}

async function select(connection: DuckDBConnection, records: string): Promise<Found> {
  const rows = await queryRows(
    connection,
    `select record, count(*) over () as count from (${records}) order by record limit ${EXAMPLES}`,
  );
  return { count: Number(rows[0]?.['count'] ?? 0), records: rows.map((row) => Number(row['record'])) };
}

/** One after the other: a connection runs one statement at a time. */
async function allOf(connection: DuckDBConnection, rules: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const rule of rules) found.push(await select(connection, `select record from typed where ${rule}`));
  return found;
}
