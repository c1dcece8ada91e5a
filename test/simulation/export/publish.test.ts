/** A finished simulation becomes the analysts' database in one step, whoever holds it and whatever fails. */
import { cp, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SimulationSummary } from '../../../src/simulation/simulation.contract.js';
import { publishSimulation } from '../../../src/simulation/export/publish.js';
import { Database, literal } from '../../../src/simulation/engine/database.js';
import { SimulationStore } from '../../../src/simulation/store/simulation-store.js';
import { runInProcess } from '../../cli/capture.js';
import { contentsOf } from '../../failures/contents.js';
import { holdDatabase } from '../../failures/lock-holder.js';
import { describeOnSmallDisk, mountSmallDisk } from '../../failures/small-disk.js';
import { createCompany, type Company } from '../company.js';

const onSmallDisk = await describeOnSmallDisk();
let company: Company;
let summary: SimulationSummary;
let simulation: { summary: SimulationSummary; folder: string };
let place: string;
beforeAll(async () => {
  company = await createCompany({ employees: 600 });
  ({ summary } = await company.simulator().simulate(company.spec, { keep: 'tables' }));
  simulation = {
    summary,
    folder: new SimulationStore(company.config.home).folder(summary.simulation_id, 'tables'),
  };
  place = await mkdtemp(path.join(os.tmpdir(), 'meritloop-publish-'));
});
afterAll(async () => {
  await company.remove();
  await rm(place, { recursive: true });
});

const publish = (...argv: string[]) =>
  runInProcess(['publish', '--home', company.config.home, '--json', ...argv], place);

async function query(file: string, sql: string) {
  const database = await Database.open(file, { spillFolder: place });
  try {
    return await database.rows(sql);
  } finally {
    await database.close();
  }
}

const TABLES = [
  'fct_compensation_growth',
  'fct_workforce_snapshot',
  'fct_yearly_events',
  'levers',
  'provenance',
];

test('the latest simulation, whole, with every table and column described', async () => {
  const { exitCode, stdout } = await publish();
  expect(exitCode).toBe(0);
  const file = path.join(company.config.home, 'simulation.duckdb');
  expect(JSON.parse(stdout)).toMatchObject({ simulation_id: summary.simulation_id, file });
  const tables = await query(file, 'select table_name, comment from duckdb_tables() order by table_name');
  expect(tables.map((row) => row['table_name'])).toEqual(TABLES);
  expect(tables.every((row) => row['comment'] !== null)).toBe(true);
  const bare = await query(
    file,
    'select table_name, column_name from duckdb_columns() where not internal and comment is null',
  );
  expect(bare).toEqual([]);
  for (const mart of ['fct_workforce_snapshot', 'fct_yearly_events']) {
    const parquet = `read_parquet(${literal(path.join(simulation.folder, `${mart}.parquet`))})`;
    const [row] = await query(
      file,
      `select (select count(*) from (from ${mart} except all from ${parquet})) as extra,
        (select count(*) from (from ${parquet} except all from ${mart})) as missing, (select count(*) from ${mart}) as rows`,
    );
    expect(row).toMatchObject({ extra: 0, missing: 0 });
    expect(Number(row?.['rows'])).toBeGreaterThan(1000);
  }
  const growth = await query(
    file,
    'select simulation_year as year, growth, closing, mean_pay from fct_compensation_growth order by 1',
  );
  expect(growth.slice(1)).toEqual(
    summary.years.map(({ year, growth: value, closing, mean_pay }) => ({
      year,
      growth: value,
      closing,
      mean_pay,
    })),
  );
  expect(growth[0]).toMatchObject({ closing: summary.baseline.headcount, growth: null });
  const [origin] = await query(file, 'select simulation_id, seed, scenario from provenance');
  expect(origin).toEqual({ simulation_id: summary.simulation_id, seed: 42, scenario: 'default' });
});

test('one by the start of its id, to another place', async () => {
  const { exitCode } = await publish(summary.simulation_id.slice(0, 8), '--out', 'copy.duckdb');
  expect(exitCode).toBe(0);
  expect(await query(path.join(place, 'copy.duckdb'), 'select count(*) as rows from provenance')).toEqual([
    { rows: 1 },
  ]);
  expect(await readdir(place)).toEqual(['copy.duckdb']);
});

describe('a database that another program holds', () => {
  let file: string;
  beforeEach(async () => {
    file = path.join(place, 'held.duckdb');
    await publish('--out', file);
  });
  afterEach(() => rm(file));

  test('is left alone after the wait, and the holder named', async () => {
    const before = await contentsOf(place);
    const holder = await holdDatabase(company.config.projectRoot, file);
    const { exitCode, stdout, stderr } = await publish('--out', file, '--wait', '1');
    await holder.letGo();
    expect(exitCode).toBe(6);
    const { error } = JSON.parse(stdout) as {
      error: { code: string; message: string; hint: string; fields: object };
    };
    expect(error).toMatchObject({ code: 'DATABASE_LOCKED', fields: { path: file, pid: holder.pid } });
    expect(error.message).toMatch(new RegExp(`held by python[\\d.]* \\(pid ${holder.pid}\\)$`));
    expect(error.hint).toContain(`kill ${holder.pid}`);
    expect(stderr).toContain('waiting up to 1 s');
    expect(await contentsOf(place)).toEqual(before);
  });

  test('is replaced as soon as it is let go', async () => {
    const holder = await holdDatabase(company.config.projectRoot, file);
    const waits: string[] = [];
    let gone: Promise<void> | undefined;
    await publishSimulation(company.config, simulation, file, {
      waitMs: 60_000,
      onWait: ({ message }) => {
        waits.push(message);
        gone = holder.letGo();
      },
    });
    await gone;
    expect(waits).toHaveLength(1);
    expect(await query(file, 'select count(*) as rows from provenance')).toEqual([{ rows: 1 }]);
  });

  test('does not keep a simulation waiting', async () => {
    const holder = await holdDatabase(company.config.projectRoot, file);
    const other = await company.simulator().simulate({ ...company.spec, seed: 5 }, { keep: 'summary' });
    await holder.letGo();
    expect(other.summary.reused).toBe(false);
  });
});

describe('nothing is published and the old database stays', () => {
  let before: Record<string, string>;
  let file: string;
  beforeEach(async () => {
    file = path.join(place, 'old.duckdb');
    await publish(summary.simulation_id, '--out', file);
    before = await contentsOf(place);
  });
  const refused = async (...argv: string[]) => {
    const { exitCode, stdout } = await publish(...argv, '--out', file);
    expect(before).toHaveProperty(['old.duckdb']);
    expect(await contentsOf(place)).toEqual(before);
    expect(
      (await readdir(path.join(company.config.home, 'tmp'))).filter((name) => !name.startsWith('spill')),
    ).toEqual([]);
    return { exitCode, error: (JSON.parse(stdout) as { error: object }).error };
  };

  test('of a truncated Parquet file', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const folder = path.join(company.config.home, 'simulations', id);
    await cp(simulation.folder, folder, { recursive: true });
    await truncate(path.join(folder, 'fct_yearly_events.parquet'), 5000);
    const { exitCode, error } = await refused(id);
    await rm(folder, { recursive: true });
    expect(exitCode).toBe(6);
    expect(error).toMatchObject({
      code: 'STORED_FILE_DAMAGED',
      hint: expect.stringContaining(`rm -r ${folder}`) as string,
    });
  });

  test('of a trial, which has no tables', async () => {
    const trial = await company.simulator().simulate({ ...company.spec, seed: 6 }, { keep: 'summary' });
    const { exitCode, error } = await refused(trial.summary.simulation_id);
    expect(exitCode).toBe(2);
    expect(error).toMatchObject({ code: 'SIMULATION_WITHOUT_TABLES' });
  });

  test.each([['-1'], ['soon'], ['']])('with --wait %p', async (wait) => {
    const { exitCode, error } = await refused('--wait', wait);
    expect(exitCode).toBe(2);
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', fields: { field: '--wait' } });
  });
});

test('a file of another kind is never replaced', async () => {
  const file = path.join(place, 'notes.txt');
  await writeFile(file, 'my notes '.repeat(1000));
  const before = await contentsOf(place);
  const { exitCode, stdout } = await publish('--out', file);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'REQUEST_INVALID', fields: { field: '--out', value: file } },
  });
  expect(await contentsOf(place)).toEqual(before);
});

onSmallDisk('a full disk', () => {
  test('leaves no half database', async () => {
    const disk = await mountSmallDisk(4);
    if (disk === undefined) throw new Error('it could be mounted a moment ago');
    await disk.fill(300);
    const before = await contentsOf(disk.folder);
    const { exitCode, stdout } = await publish('--out', path.join(disk.folder, 'out.duckdb'));
    const after = await contentsOf(disk.folder);
    await disk.unmount();
    expect(exitCode).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DISK_FULL' } });
    expect(after).toEqual(before);
  });
});
