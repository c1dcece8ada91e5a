/** When an engine fails: what is said, which engine stands in, and that nothing of it stays in the home. */
import { cp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { pino } from 'pino';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import type { SimulatorTuning } from '../../src/simulation/engine/simulator-tuning.js';
import type { SimulationSpec } from '../../src/simulation/simulator.js';
import { createCompany, type Company } from '../simulation/company.js';
import { contentsOf } from './contents.js';
import { describeOnSmallDisk, mountSmallDisk } from './small-disk.js';

const onSmallDisk = await describeOnSmallDisk();
let company: Company;
beforeAll(async () => {
  company = await createCompany({ employees: 600 });
});
afterAll(() => company.remove());

const auto = (seed: number): SimulationSpec => ({ ...company.spec, seed, engine: 'auto' });

/** A year that a slow machine finishes before the failure would stay as a checkpoint. */
const NO_CHECKPOINTS = { checkpointAfterMs: Number.POSITIVE_INFINITY };

/** The failure, after making sure that the home holds what it held before. */
async function failureOf(spec: SimulationSpec, tuning: SimulatorTuning, onProgress = () => {}) {
  const before = await contentsOf(company.config.home);
  const simulator = company.simulator({ ...NO_CHECKPOINTS, ...tuning });
  const error: unknown = await simulator
    .simulate(spec, { keep: 'tables', onProgress })
    .catch((thrown: unknown) => thrown);
  await simulator.close();
  expect(await contentsOf(company.config.home)).toEqual(before);
  expect(
    (await readdir(path.join(company.config.home, 'tmp'))).filter((name) => !name.startsWith('spill')),
  ).toEqual([]);
  return error;
}

describe('too little memory', () => {
  const tuning = { memoryLimit: '1MB' };

  test('of the plan engine asked for by name', async () => {
    expect(await failureOf({ ...auto(1), engine: 'plan' }, tuning)).toMatchObject({
      code: 'OUT_OF_MEMORY',
      exitCode: 6,
      message: expect.stringContaining('not enough memory (plan engine') as string,
      hint: expect.stringContaining('free -m') as string,
    });
  });

  test('of both: one error has both causes, and its commands run as they stand', async () => {
    const error = await failureOf(auto(2), tuning);
    expect(error).toMatchObject({
      code: 'BOTH_ENGINES_FAILED',
      exitCode: 6,
      fields: { plan_code: 'OUT_OF_MEMORY', dbt_code: 'OUT_OF_MEMORY' },
    });
    const { commands } = (error as { fields: { commands: string[] } }).fields;
    const byHand = commands.find((command) => command.includes('--engine plan'));
    expect((error as Error & { hint: string }).hint).toContain(byHand);
    const run = await execa('sh', ['-c', `${byHand} --json`], { env: { NODE_OPTIONS: '' }, reject: false });
    expect({ exitCode: run.exitCode, engine: (JSON.parse(run.stdout) as { engine: string }).engine }).toEqual(
      {
        exitCode: 0,
        engine: 'plan',
      },
    );
  });
});

describe('the dbt engine', () => {
  test('killed with SIGKILL, after the plan engine failed too', async () => {
    const folder = path.join(company.config.home, 'checkpoints');
    await rm(folder, { recursive: true, force: true });
    // Only the plan engine looks into this folder.
    await writeFile(folder, '');
    const error = await failureOf(auto(3), {}, () => killDbt(company.config.home));
    await rm(folder);
    expect(error).toMatchObject({
      code: 'BOTH_ENGINES_FAILED',
      fields: { plan_code: 'ENGINE_FAILED', dbt_code: 'DBT_KILLED' },
      message: expect.stringContaining('dbt run was killed by SIGKILL') as string,
      hint: expect.stringContaining('dmesg') as string,
    });
  });

  test('silent for too long is ended', async () => {
    const error = await failureOf({ ...auto(4), engine: 'dbt' }, { dbtSilenceSeconds: 0.2 });
    expect(error).toMatchObject({
      code: 'TIMED_OUT',
      exitCode: 6,
      fields: { limit: 'no progress for 0.2 s' },
    });
  });
});

describe('a damaged file', () => {
  test.each([
    ['truncated', (file: string) => truncate(file, 100)],
    [
      'of other columns',
      (file: string) =>
        cp(path.join(company.config.home, 'inputs', company.spec.census, 'census.parquet'), file),
    ],
  ])('that is a checkpoint, %s: its year is simulated again, which is said', async (kind, damage) => {
    const spec = { ...auto(kind.length), engine: 'plan' as const };
    const tuning = { checkpointAfterMs: 0 };
    const folder = path.join(company.config.home, 'checkpoints');
    await rm(folder, { recursive: true, force: true });
    const first = await company.simulator(tuning).simulate(spec, { keep: 'summary' });
    const whole = await contentsOf(folder);
    for (const name of Object.keys(whole).slice(0, 1)) await damage(path.join(folder, name));
    const second = await company.simulator(tuning).simulate(spec, { keep: 'tables' });
    expect(second.notes).toContainEqual(
      expect.stringMatching(/^Checkpoint .* was damaged, so year 20\d\d was simulated again/),
    );
    expect(second.summary.years).toEqual(first.summary.years);
    expect(Object.keys(await contentsOf(folder))).toEqual(Object.keys(whole));
  });

  test('that both engines read: the second is not tried, and the command to remove it works', async () => {
    const folder = path.join(company.config.home, 'inputs', company.spec.census);
    const census = path.join(folder, 'census.parquet');
    await cp(folder, `${company.config.home}-inputs`, { recursive: true });
    await truncate(census, 200);
    // As in a home of before there were seals: with one it is made again before an engine reads it.
    await rm(path.join(folder, 'seal.json'));
    expect(await failureOf(auto(6), {})).toMatchObject({
      code: 'STORED_FILE_DAMAGED',
      fields: { path: census, remove: folder, second_engine: 'not tried' },
      hint: expect.stringContaining(`rm -r ${folder}`) as string,
    });
    await rm(folder, { recursive: true });
    await cp(`${company.config.home}-inputs`, folder, { recursive: true });
    await rm(`${company.config.home}-inputs`, { recursive: true });
  });
});

onSmallDisk('a full disk', () => {
  test.each([
    ['auto', 'not tried'],
    ['dbt', undefined],
  ] as const)(
    'with engine %s: nothing half stays, and the same command goes on after it',
    async (engine, second) => {
      const disk = await mountSmallDisk(24);
      if (disk === undefined) throw new Error('it could be mounted a moment ago');
      try {
        const home = path.join(disk.folder, 'home');
        await cp(company.config.home, home, { recursive: true });
        await disk.fill(40);
        const simulator = createSimulator(
          { ...company.config, home },
          pino({ level: 'silent' }),
          NO_CHECKPOINTS,
        );
        const spec = { ...auto(7), engine };
        const before = await contentsOf(home);
        const error: unknown = await simulator
          .simulate(spec, { keep: 'tables' })
          .catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({
          code: 'DISK_FULL',
          exitCode: 6,
          hint: expect.stringContaining('df -h') as string,
        });
        expect((error as { fields: { second_engine?: string } }).fields.second_engine).toBe(second);
        expect(await contentsOf(home)).toEqual(before);
        await disk.empty();
        const { summary } = await simulator.simulate(spec, { keep: 'tables' });
        expect(summary.engine).toBe(engine === 'dbt' ? 'dbt' : 'plan');
        await simulator.close();
      } finally {
        await disk.unmount();
      }
    },
  );
});

test('dbt ends by itself when the process that started it is gone', async () => {
  const { projectRoot, home } = company.config;
  const python = path.join(projectRoot, '.venv', 'bin', 'python');
  const project = path.join(projectRoot, 'dbt');
  const target = path.join(home, 'nobody', 'target');
  const database = path.join(home, 'nobody', 'memory.duckdb');
  const notItsParent = '1';
  const { exitCode } = await execa(
    python,
    [path.join(project, 'run_years.py'), project, target, database, '2025', '2029', notItsParent],
    { reject: false, env: { MERITLOOP_DBT_DATABASE: database } },
  );
  expect(exitCode).toBe(3);
});

/** The subprocess is told by its command line; this home is in no other's. */
function killDbt(home: string): void {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const words = commandLine(name);
    if (words.includes('run_years.py') && words.includes(home)) process.kill(Number(name), 'SIGKILL');
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Gone since it was listed.
    return '';
  }
}
