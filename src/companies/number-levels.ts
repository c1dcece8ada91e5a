/** The job levels of a file, numbered from the lowest: as somebody ordered them, by the numbers in their names, or by pay. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { z } from 'zod';
import { queryRows, sqlText } from '../census/database.js';
import type { CensusAnswers, IntakeNotice, IntakeQuestion } from '../census/intake/answers.contract.js';
import { notice } from '../census/intake/read-table.js';
import { MOST_LEVELS } from '../levers/lever.contract.js';
import { own } from '../shared/own.terms.js';
import type { companyLevel } from './company.contract.js';

export interface NumberedLevels {
  readonly levels: readonly z.infer<typeof companyLevel>[];
  readonly notices: readonly IntakeNotice[];
  readonly questions: readonly IntakeQuestion[];
}

/** Bands of pay that stand for levels where a file has none. */
const BANDS = 5;

interface Named {
  readonly name: string;
  readonly median: number;
}

/** Makes the table `numbered` (name, level, low, high: pay from and below) of the table `typed`. */
export async function numberLevels(
  connection: DuckDBConnection,
  { levels: said }: CensusAnswers,
): Promise<NumberedLevels> {
  const rows = await queryRows(
    connection,
    `select level_name as name, median(annual_salary)::double as median from typed
     where level_name is not null group by 1 order by 1 limit 1000`,
  );
  const named = rows.map((row) => ({ name: String(row['name']), median: Number(row['median']) }));
  if (named.length === 0) return bands(connection);
  const unordered = said === undefined ? [] : named.filter(({ name }) => !said.includes(name));
  const questions: IntakeQuestion[] = [];
  if (named.length > MOST_LEVELS)
    questions.push({
      code: 'TOO_MANY_LEVELS',
      message: `the column of levels has ${named.length} values, more than ${MOST_LEVELS}`,
      options: [],
      option: '--map job_level=HEADING',
    });
  if (unordered.length > 0)
    questions.push({
      code: 'LEVELS_UNORDERED',
      message: `levels ${unordered.map(({ name }) => name).join(', ')} are not among those that were ordered`,
      options: [],
      option: `--levels ${[...(said ?? []), ...unordered.map(({ name }) => name)].join(',')}`,
    });
  const ordered = order(named, said).slice(0, MOST_LEVELS);
  await fill(
    connection,
    ordered.map(({ name }) => ({ name, low: 0, high: 1e15 })),
  );
  const words = ordered.map(({ name }) => name).join(', ');
  const how = said === undefined ? 'by their pay' : 'as they were ordered';
  return {
    levels: await describe(
      connection,
      ordered.map(({ name }) => name),
    ),
    notices: [
      notice(
        'LEVELS_ORDERED',
        ordered.length,
        [],
        `${ordered.length} levels from the lowest, ${how}: ${words} (--levels orders them otherwise)`,
      ),
    ],
    questions,
  };
}

/** By the numbers in their names where pay rises with them, else by pay. */
function order(named: readonly Named[], said: readonly string[] | undefined): readonly Named[] {
  if (said !== undefined)
    return said.flatMap((name) => named.find((level) => level.name === name) ?? { name, median: 0 });
  const numberOf = ({ name }: Named): number => Number(/\d+/.exec(name)?.[0] ?? Number.NaN);
  const byNumber = named.toSorted((one, other) => numberOf(one) - numberOf(other));
  const rising = byNumber.every(
    ({ median }, index) => index === 0 || median >= (byNumber[index - 1]?.median ?? 0),
  );
  const distinct =
    new Set(named.map(numberOf)).size === named.length && !named.some((each) => Number.isNaN(numberOf(each)));
  return rising && distinct ? byNumber : named.toSorted((one, other) => one.median - other.median);
}

/** Fifths of the people by pay. */
async function bands(connection: DuckDBConnection): Promise<NumberedLevels> {
  const [row = {}] = await queryRows(
    connection,
    `select ${Array.from({ length: BANDS - 1 }, (_, index) => `quantile_disc(annual_salary, ${(index + 1) / BANDS})::double as q${index}`).join(', ')}
     , min(annual_salary)::double as lowest from typed where termination_text is null`,
  );
  const quantiles = Array.from({ length: BANDS - 1 }, (_, index) => Number(own(row, `q${index}`)));
  // Where people are few, several edges are one, and the first may be the lowest pay itself.
  const edges = [...new Set(quantiles)].filter((edge) => edge > Number(row['lowest']));
  const lows = [0, ...edges];
  await connection.run('update typed set level_name = null');
  await fill(
    connection,
    lows.map((low, index) => ({ name: '', low, high: lows[index + 1] ?? 1e15 })),
  );
  const names = lows.map((_, index) => `Band ${index + 1}`);
  return {
    levels: await describe(connection, names),
    notices: [
      notice(
        'LEVELS_BY_PAY',
        names.length,
        [],
        `the file has no levels: ${names.length} bands of pay with as many people each stand for them`,
      ),
    ],
    questions: [],
  };
}

const fill = (
  connection: DuckDBConnection,
  levels: readonly { readonly name: string; readonly low: number; readonly high: number }[],
) =>
  connection.run(
    `create table numbered as select * from (values ${levels
      .map(
        ({ name, low, high }, index) => `(${sqlText(name)}, ${index + 1}, ${low}::double, ${high}::double)`,
      )
      .join(', ')}) as numbered (name, level, low, high)`,
  );

/** People and pay of each level: the range from the 5th to the 95th percentile, and the median. */
async function describe(
  connection: DuckDBConnection,
  names: readonly string[],
): Promise<z.infer<typeof companyLevel>[]> {
  const rows = await queryRows(
    connection,
    `select numbered.level, count(*) as people, quantile_cont(annual_salary::double, 0.05) as low,
       median(annual_salary)::double as mid, quantile_cont(annual_salary::double, 0.95) as high
     from typed join numbered on coalesce(level_name, '') = numbered.name and annual_salary >= numbered.low
       and annual_salary < numbered.high
     where termination_text is null group by 1`,
  );
  const found = new Map(rows.map((row) => [Number(row['level']), row]));
  return names.map((name, index) => {
    const row = found.get(index + 1);
    const whole = (pay: unknown): number => Math.round(Number(pay ?? 0));
    return {
      level: index + 1,
      name,
      people: Number(row?.['people'] ?? 0),
      min: whole(row?.['low']),
      mid: whole(row?.['mid']),
      max: whole(row?.['high']),
    };
  });
}
