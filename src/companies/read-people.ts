/** Reads a company's census file: its people as one table, with levels numbered from the lowest, and what the file leaves open. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { checkSource, problemsFailure } from '../census/check.js';
import { withCopy } from '../census/copy.js';
import { queryRows, sqlText, withDatabase } from '../census/database.js';
import type { CensusAnswers, IntakeNotice, IntakeQuestion } from '../census/intake/answers.contract.js';
import type { CensusValidation } from '../census/census.contract.js';
import { own } from '../shared/own.terms.js';
import { asOfDate } from './as-of.js';
import { numberLevels, type NumberedLevels } from './number-levels.js';
import type { companyLevel, companySegment } from './company.contract.js';
import type { z } from 'zod';

export interface PeopleOfFile {
  /** ISO date that the file is of. */
  readonly as_of: string;
  readonly employees: number;
  readonly active: number;
  readonly currency: string;
  readonly levels: readonly z.infer<typeof companyLevel>[];
  readonly segments: readonly z.infer<typeof companySegment>[];
  readonly mapping: CensusAnswers;
  readonly notices: readonly IntakeNotice[];
  readonly questions: readonly IntakeQuestion[];
}

export interface ReadOptions {
  readonly file: string;
  readonly answers: CensusAnswers;
  /** For private copies; they are removed. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

const PLAN_CURRENCY = 'USD';

/**
 * @param use gets the people as the table `people` of the connection: employee_id, birth_date, hire_date,
 * termination_date, annual_salary, job_level, fte, segment_1 …
 * @throws MeritloopError what reading a census may throw; open questions are returned
 */
export async function readPeople<Result>(
  options: ReadOptions,
  use: (connection: DuckDBConnection, people: PeopleOfFile) => Promise<Result>,
): Promise<Result> {
  const { file, answers, scratch, signal } = options;
  await mkdir(scratch, { recursive: true });
  const first = await check(options, `${new Date().getUTCFullYear()}-12-31`, async (connection, found) =>
    asOfDate(connection, path.basename(file), found, answers),
  );
  const baselineDate = `${first.as_of.slice(0, 4)}-12-31`;
  return check({ file, answers, scratch, signal }, baselineDate, async (connection, found) => {
    if (found.questions.length === 0 && found.problems.length > 0) throw problemsFailure(found);
    const levels = await numberLevels(connection, answers);
    const people = await describe(connection, found, levels, { ...first, answers });
    return use(connection, people);
  });
}

async function check<Result>(
  { file, answers, scratch, signal }: ReadOptions,
  baselineDate: string,
  use: (connection: DuckDBConnection, found: CensusValidation) => Promise<Result>,
): Promise<Result> {
  const what = 'the reading of the census';
  return withCopy({ file, baselineDate, answers, signal }, scratch, async (source, work) => {
    const spill = path.join(work, 'spill');
    try {
      return await withDatabase({ spill, signal, what }, async (connection) =>
        use(
          connection,
          await checkSource(connection, source, { baselineDate, answers, segments: true, levels: 'named' }),
        ),
      );
    } finally {
      await rm(spill, { recursive: true, force: true });
    }
  });
}

async function describe(
  connection: DuckDBConnection,
  found: CensusValidation,
  { levels, notices, questions }: NumberedLevels,
  {
    as_of,
    question,
    answers,
  }: { as_of: string; question: IntakeQuestion | undefined; answers: CensusAnswers },
): Promise<PeopleOfFile> {
  const headings = found.mapping.segments ?? [];
  const columns = headings.map((_, index) => `segment_${index + 1}`);
  await connection.run(`create table people as
    select employee_id, birth_date, hire_date, termination_date, annual_salary, numbered.level::tinyint as job_level,
      coalesce(try_cast(fte as decimal(6, 4)), 1) as fte ${columns.map((column) => `, ${column}`).join('')}
    from typed left join numbered on coalesce(level_name, '') = numbered.name and annual_salary >= numbered.low
      and annual_salary < numbered.high
    order by employee_id`);
  const counts = columns.map((column) => `count(distinct ${column}) as ${column}`);
  const [row = {}] = await queryRows(
    connection,
    `select count(*) as employees, count_if(termination_date is null) as active ${counts.map((each) => `, ${each}`).join('')} from people`,
  );
  return {
    as_of,
    employees: Number(row['employees']),
    active: Number(row['active']),
    currency: found.currency ?? PLAN_CURRENCY,
    levels,
    segments: headings.map((name, index) => ({ name, values: Number(own(row, `segment_${index + 1}`)) })),
    mapping: { ...found.mapping, levels: levels.map(({ name }) => name) },
    notices: [...found.findings, ...notices],
    questions: [
      ...found.questions,
      ...questions,
      ...(question === undefined || answers.as_of !== undefined ? [] : [question]),
    ],
  };
}

/** Writes the table `people` as the census of a company's version. */
export const writePeople = async (connection: DuckDBConnection, file: string): Promise<void> => {
  await connection.run(
    `copy (select * from people order by employee_id) to ${sqlText(file)} (format parquet, compression zstd, row_group_size 122880)`,
  );
};
