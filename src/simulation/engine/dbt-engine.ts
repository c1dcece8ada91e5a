/** The second engine: dbt itself builds the same models, all years in one subprocess, in a database of its own. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Config } from '../../config.js';
import { failure } from '../../shared/errors/errors.js';
import { ownedName } from '../../shared/files/process-identity.js';
import { listYears } from '../../shared/contract/years.contract.js';
import { dbtPaths } from '../model/compile-plan.js';
import { Database } from './database.js';
import { explainDbtFailure } from '../model/dbt-failure.js';
import { otherDbt } from '../model/dbt-version.js';
import type { Plan } from '../model/plan.js';
import type { SimulateOptions } from '../simulator.js';
import { writeCensus, writeLevers, writeRunState, type RunState } from './state.js';

export interface DbtRun {
  readonly run: RunState;
  readonly censusFile: string;
  readonly leverFile: string;
}

export interface DbtLimits {
  /** dbt is ended after so many seconds without a sign of progress; one model of a million people takes one minute. */
  readonly silenceSeconds?: number | undefined;
}

/** The compiled SQL names the database `memory`, and DuckDB names a database by its file. */
const DATABASE_FILE = 'memory.duckdb';

async function writeInputs(database: Database, plan: Plan, job: DbtRun): Promise<void> {
  await database.run(plan.createState);
  await writeCensus(database, job.censusFile);
  await writeRunState(database, job.run);
  await writeLevers(database, job.leverFile);
}

/** Aborts when `beat` was not called for so long. */
function watchSilence(seconds: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  return { signal: controller.signal, beat: () => timer.refresh(), end: () => clearTimeout(timer) };
}

async function build(
  config: Config,
  folder: string,
  job: DbtRun,
  options: SimulateOptions & DbtLimits,
): Promise<void> {
  const { project, python, dbt } = dbtPaths(config);
  const file = path.join(folder, DATABASE_FILE);
  const { first, last } = job.run.years;
  const years = listYears(job.run.years);
  const { silenceSeconds = 900 } = options;
  const silence = watchSilence(silenceSeconds);
  const subprocess = execa(
    python,
    [
      path.join(project, 'run_years.py'),
      project,
      path.join(folder, 'target'),
      file,
      String(first),
      String(last),
      String(process.pid),
    ],
    {
      env: {
        MERITLOOP_DBT_DATABASE: file,
        // dbt takes paths inside its project, or relative to it.
        MERITLOOP_SEEDS: path.relative(project, config.seeds),
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
        NO_COLOR: '1',
      },
      reject: false,
      lines: true,
      forceKillAfterDelay: 5000,
      cancelSignal: AbortSignal.any([silence.signal, ...(options.signal ? [options.signal] : [])]),
    },
  );
  const follow = async () => {
    for await (const line of subprocess) {
      silence.beat();
      // A process that was killed may leave half a line.
      if (!line.startsWith('{') || !line.endsWith('}')) continue;
      const { year, model } = JSON.parse(line) as { year: number; model: string };
      options.onProgress?.({
        year,
        years_done: years.indexOf(year),
        years_total: years.length,
        years_reused: 0,
        model,
      });
    }
    return subprocess;
  };
  const result = await follow().finally(silence.end);
  options.signal?.throwIfAborted();
  if (!result.failed) return;
  if (result.code === 'ENOENT') throw failure('DBT_MISSING', { path: python });
  const explained = explainDbtFailure('run', {
    output: [...result.stdout, ...result.stderr].join('\n'),
    signal: result.signal,
    givenUpAfter: silence.signal.aborted ? silenceSeconds : undefined,
  });
  throw explained.code === 'DBT_FAILED' ? ((await otherDbt(dbt)) ?? explained) : explained;
}

/** Builds everything in a new database and hands it to `read`; nothing of it stays. */
export async function withDbtBuild<Result>(
  config: Config,
  plan: Plan,
  job: DbtRun,
  options: SimulateOptions & DbtLimits,
  read: (database: Database) => Promise<Result>,
): Promise<Result> {
  const folder = path.join(config.home, 'tmp', ownedName('dbt'));
  const open = () => Database.open(path.join(folder, DATABASE_FILE), { spillFolder: folder });
  try {
    await mkdir(folder, { recursive: true });
    const inputs = await open();
    try {
      await writeInputs(inputs, plan, job);
    } finally {
      await inputs.close();
    }
    await build(config, folder, job, options);
    const built = await open();
    try {
      return await read(built);
    } finally {
      await built.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
