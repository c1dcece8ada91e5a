/** Rows of an export that are nobody: empty ones, separators alone, totals. They are left out, and it is said. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LinesOf } from '../lines.js';
import { queryRows } from '../database.js';
import type { IntakeNotice } from './answers.contract.js';
import type { ColumnPlan } from './columns.pure.js';
import { notice } from './read-table.js';

const EXAMPLES = 20;
const TOTAL = `'(grand |sub|sub-)?(total|totals|sum|summe|gesamt|insgesamt|count|average|mean|headcount|report total)s?( .*)?[:]?'`;

/** Takes them out of `source_rows`; `rowid` stays the number of each record, from 0 in file order. */
export async function dropWhatIsNobody(
  connection: DuckDBConnection,
  columns: number,
  plan: ColumnPlan,
  linesOf: LinesOf,
): Promise<IntakeNotice[]> {
  const all = Array.from({ length: columns }, (_, index) => `c${index}`);
  const of = (field: 'birth_date' | 'hire_date'): string => `c${plan.at.get(field) ?? 0}`;
  const isEmpty = `coalesce(trim(concat(${all.join(', ')})), '') = ''`;
  const noDates = `coalesce(trim(${of('birth_date')}), '') = '' and coalesce(trim(${of('hire_date')}), '') = ''`;
  const isTotal = `${noDates} and (${all.map((cell) => `regexp_full_match(lower(trim(${cell})), ${TOTAL})`).join(' or ')})`;
  const empty = await take(connection, isEmpty);
  const totals = await take(connection, isTotal);
  const lineOf = await linesOf([...empty.records, ...totals.records]);
  const lines = ({ records }: Taken): number[] => records.map(lineOf);
  return [
    ...(empty.count === 0
      ? []
      : [
          notice(
            'EMPTY_ROWS',
            empty.count,
            lines(empty),
            `${rows(empty.count)} without any value (${at(lines(empty))}): left out`,
          ),
        ]),
    ...(totals.count === 0
      ? []
      : [
          notice(
            'TOTAL_ROWS',
            totals.count,
            lines(totals),
            `${at(lines(totals))} ${totals.count === 1 ? 'looks like a total' : 'look like totals'}: left out (remove ${totals.count === 1 ? 'it' : 'them'}, or give ${totals.count === 1 ? 'it' : 'them'} dates)`,
          ),
        ]),
  ];
}

interface Taken {
  readonly count: number;
  /** The first ones. */
  readonly records: readonly number[];
}

async function take(connection: DuckDBConnection, rule: string): Promise<Taken> {
  const found = await queryRows(
    connection,
    `select rowid as record, count(*) over () as count from source_rows where ${rule} order by rowid limit ${EXAMPLES}`,
  );
  if (found.length === 0) return { count: 0, records: [] };
  await connection.run(`delete from source_rows where ${rule}`);
  return { count: Number(found[0]?.['count']), records: found.map((row) => Number(row['record'])) };
}

const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;
/** `line 22`, `lines 3, 5`. */
export const at = (lines: readonly number[]): string =>
  `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''}`;
