/** Which day a census file is of: as somebody said, as its title or name says, else asked. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CensusValidation } from '../census/census.contract.js';
import { queryRows } from '../census/database.js';
import type { CensusAnswers, IntakeQuestion } from '../census/intake/answers.contract.js';

export interface AsOf {
  /** The proposal where there is a question. */
  readonly as_of: string;
  readonly question: IntakeQuestion | undefined;
}

const ISO = /(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])/;
const AMERICAN = /(?<!\d)(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/(20\d\d)/;

export async function asOfDate(
  connection: DuckDBConnection,
  fileName: string,
  { above }: Pick<CensusValidation, 'above'>,
  answers: CensusAnswers,
): Promise<AsOf> {
  const said = answers.as_of ?? dateIn(above.join(' ')) ?? dateIn(fileName);
  if (said !== undefined) return { as_of: said, question: undefined };
  const [row = {}] = await queryRows(
    connection,
    `select last_day(max(day))::varchar as day from (
       select hire_date as day from typed union all select termination_date from typed
     ) where day <= current_date`,
  );
  const as_of = typeof row['day'] === 'string' ? row['day'] : new Date().toISOString().slice(0, 10);
  return {
    as_of,
    question: {
      code: 'AS_OF',
      message: `which day is the file of? Its newest event is of ${as_of.slice(0, 7)}`,
      options: [as_of],
      option: `--as-of ${as_of}`,
    },
  };
}

function dateIn(text: string): string | undefined {
  const [, year, month, day] = ISO.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month}-${day}`;
  const [, m, d, y] = AMERICAN.exec(text) ?? [];
  return y === undefined ? undefined : `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
}
