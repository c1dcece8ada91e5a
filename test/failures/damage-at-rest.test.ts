/** Every kind of stored file, damaged in every way: who reads it names it, who needs it makes it again, nobody shows what is false. */
import { cp, mkdtemp, open, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { findSimulation } from '../../src/cli/simulations/stored-simulation.js';
import { checkSeals } from '../../src/cli/doctor/seals.js';
import { checkUnsealed } from '../../src/cli/doctor/unsealed.js';
import { createRunStore } from '../../src/runs/run-store.js';
import { explain, failure } from '../../src/shared/errors/errors.js';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import { Database } from '../../src/simulation/engine/database.js';
import { publishedFile, publishSimulation } from '../../src/simulation/export/publish.js';
import { ResultReader } from '../../src/simulation/results/reader.js';
import { createCompany, type Company } from '../simulation/company.js';

type Harm = (file: string) => Promise<void>;

const HARMS: Readonly<Record<string, Harm>> = {
  truncated: async (file) => truncate(file, Math.floor((await readFile(file)).length / 2)),
  'of one flipped byte': async (file) => {
    const bytes = await readFile(file);
    const place = Math.floor(bytes.length / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    // In place: neither the size nor the folder changes.
    const handle = await open(file, 'r+');
    await handle.write(bytes);
    await handle.close();
  },
  emptied: (file) => writeFile(file, ''),
  removed: (file) => rm(file),
};

const SIMULATED = [
  'summary.json',
  'provenance.json',
  'levers.csv',
  'fct_workforce_snapshot.parquet',
  'fct_yearly_events.parquet',
];
const IMPORTED = ['census.json', 'census.parquet'];

const rowsOf = (files: readonly string[]) =>
  files.flatMap((file) => Object.keys(HARMS).map((harm) => [file, harm] as const));
const harmed = (harm: string, file: string): Promise<void> => (HARMS[harm] as Harm)(file);

let company: Company;
let id: string;
/** The home as it was made; each row damages a copy. */
let whole: string;
beforeAll(async () => {
  company = await createCompany({ employees: 200 });
  const { summary } = await company.simulator().simulate(company.spec, { keep: 'tables' });
  id = summary.simulation_id;
  whole = await mkdtemp(path.join(tmpdir(), 'meritloop-whole-'));
  await cp(company.config.home, whole, { recursive: true });
});
afterAll(async () => {
  await company.remove();
  await rm(whole, { recursive: true, force: true });
});
beforeEach(async () => {
  const { home } = company.config;
  for (const name of ['simulations', 'inputs', 'damaged', 'simulation.duckdb'])
    await rm(path.join(home, name), { recursive: true, force: true });
  for (const name of ['simulations', 'inputs'])
    await cp(path.join(whole, name), path.join(home, name), { recursive: true });
});

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const namesOf = (folder: string) => readdir(folder).catch(() => []);
const finding = async () => (await checkSeals(company.config)).find(({ check }) => check === 'Seals');

test.each(rowsOf(SIMULATED))('%s of a simulation, %s', async (name, harm) => {
  const { config, spec } = company;
  const file = path.join(config.home, 'simulations', id, name);
  await harmed(harm, file);
  const refusal = {
    code: 'STORED_FILE_DAMAGED',
    fields: expect.objectContaining({ path: file }) as object,
  };

  // Read: a table's content is compared before it is read, not with every look at the summary.
  const looked = await thrownBy(findSimulation(config, id));
  const isLeft = name.endsWith('.parquet') && harm === 'of one flipped byte';
  const namesIt: unknown = expect.objectContaining(refusal);
  const wanted = isLeft ? undefined : namesIt;
  expect(looked).toEqual(wanted);
  const reader = new ResultReader(config);
  expect(await thrownBy(reader.findTables(id))).toMatchObject(refusal);
  await reader.close();

  // Published: nothing of it.
  const simulation = { folder: path.dirname(file), summary: await summaryIn(whole) };
  const publishing = publishSimulation(config, simulation, publishedFile(config), { waitMs: 0 });
  const refused = await thrownBy(publishing);
  // Without its provenance it is no simulation with tables.
  const isTrial = name === 'provenance.json' && harm === 'removed';
  expect(refused).toMatchObject(isTrial ? { code: 'SIMULATION_WITHOUT_TABLES' } : refusal);
  expect(await namesOf(config.home)).not.toContain('simulation.duckdb');
  expect(await finding()).toMatchObject({ status: 'fail', detail: expect.stringContaining(file) as string });

  // Made again: the same bytes, and what was damaged is kept for people to look at.
  const simulator = createSimulator(config, pino({ level: 'silent' }));
  const { summary, notes } = await simulator.simulate(spec, { keep: 'tables' });
  await simulator.close();
  expect(summary).toMatchObject({ simulation_id: id, reused: false });
  expect(notes).toContainEqual(expect.stringContaining(`${file} is damaged: `));
  expect(await namesOf(path.join(config.home, 'damaged'))).toHaveLength(1);
  for (const same of SIMULATED.filter((one) => !/summary|provenance/.test(one)))
    expect(await readFile(path.join(path.dirname(file), same))).toEqual(
      await readFile(path.join(whole, 'simulations', id, same)),
    );
  expect(await finding()).toMatchObject({ status: 'pass' });
});

async function summaryIn(home: string) {
  return (await findSimulation({ home }, id)).summary;
}

test.each(rowsOf(IMPORTED))(
  '%s of a census, %s: it is imported again from its source',
  async (name, harm) => {
    const { config, spec } = company;
    const file = path.join(config.home, 'inputs', spec.census, name);
    await harmed(harm, file);
    expect(await finding()).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining(file) as string,
    });
    const simulator = createSimulator(config, pino({ level: 'silent' }));
    const { summary, notes } = await simulator.simulate(spec, { keep: 'tables' });
    await simulator.close();
    expect(summary.simulation_id).toBe(id);
    expect(notes).toContainEqual(expect.stringContaining(`${file} is damaged: `));
    expect(await readFile(file)).toEqual(await readFile(path.join(whole, 'inputs', spec.census, name)));
  },
);

test.each(Object.keys(HARMS))(
  'a census whose source is damaged as well, %s: refused by name',
  async (harm) => {
    const { config, spec } = company;
    const folder = path.join(config.home, 'inputs', spec.census);
    await harmed(harm, path.join(folder, 'census.parquet'));
    await harmed(harm, path.join(folder, 'source.parquet'));
    const simulator = createSimulator(config, pino({ level: 'silent' }));
    expect(await thrownBy(simulator.simulate(spec, { keep: 'tables' }))).toMatchObject({
      code: 'STORED_FILE_DAMAGED',
      fields: { path: path.join(folder, 'census.parquet') },
    });
    await simulator.close();
  },
);

test.each(rowsOf(['run.json', 'result.json', 'report.json', 'report.md']))(
  '%s of a run, %s',
  async (name, harm) => {
    const { home } = company.config;
    await rm(path.join(home, 'runs'), { recursive: true, force: true });
    const runs = createRunStore(home);
    const record = {
      run_id: 'one',
      workflow_id: 'compensation-optimization/default/one',
      started_at: '2025-01-31T09:30:00.000Z',
      finished_at: '2025-01-31T09:31:00.000Z',
      spec: null,
      seconds_by_stage: {},
    };
    await runs.claim(record);
    await runs.finish(record, {
      run_id: 'one',
      workflow_id: record.workflow_id,
      requested_by: 'ann',
      status: 'failed',
      error: explain(failure('RUN_UNKNOWN', { run: 'one' })),
    });
    await runs.writeReport('one', { growth: 2 }, '# Growth 2 %\n');
    const file = runs.fileOf('one', name);
    await harmed(harm, file);
    const refusal = {
      code: 'STORED_FILE_DAMAGED',
      fields: expect.objectContaining({ path: file }) as object,
    };
    // Without its record nobody knows of the run.
    const isUnknown = name === 'run.json' && harm === 'removed';
    expect(await finding()).toMatchObject({ status: isUnknown ? 'pass' : 'fail' });
    const isReport = name.startsWith('report');
    const reading = name === 'run.json' ? runs.record('one') : runs.ending('one');
    const thrown = await thrownBy(reading);
    const namesIt: unknown = expect.objectContaining(refusal);
    const wanted = isUnknown || isReport ? undefined : namesIt;
    expect(thrown).toEqual(wanted);
    // A report says nothing that the result does not: it is put aside, and made again when it is asked for.
    const report = await runs.report('one', 'report.md');
    const told = name === 'report.md' ? null : '# Growth 2 %\n';
    expect(report).toBe(told);
    await runs.writeReport('one', { growth: 2 }, '# Growth 2 %\n');
    expect(await runs.report('one', 'report.md')).toBe('# Growth 2 %\n');
  },
);

test('checked again: what is whole passes, changed pay is refused, and found even where there is no seal', async () => {
  const { config, spec } = company;
  const folder = path.join(config.home, 'simulations', id);
  const simulator = createSimulator(config, pino({ level: 'silent' }));
  const failedOf = async () =>
    (await simulator.checkAgain(spec)).checks.filter(({ violations }) => violations > 0);
  expect(await failedOf()).toEqual([]);
  // Each is asked, also what follows from others.
  const { checks } = await simulator.checkAgain(spec);
  expect(checks.filter((check) => 'follows_from' in check)).toEqual([]);

  const file = path.join(folder, 'fct_workforce_snapshot.parquet');
  const database = await Database.open(':memory:', { spillFolder: config.home });
  await database.run(
    `copy (select * replace ((current_compensation * 1.25)::decimal(18, 2) as current_compensation)
     from read_parquet('${file}')) to '${file}.new' (format parquet)`,
  );
  await database.close();
  await rename(`${file}.new`, file);
  expect(await thrownBy(simulator.checkAgain(spec))).toMatchObject({
    code: 'STORED_FILE_DAMAGED',
    fields: { path: file },
  });
  await rm(path.join(folder, 'seal.json'));
  expect((await failedOf()).some(({ severity }) => severity === 'error')).toBe(true);
  // Nothing of it stays in the database that is kept warm.
  await rm(folder, { recursive: true });
  await cp(path.join(whole, 'simulations', id), folder, { recursive: true });
  expect(await failedOf()).toEqual([]);
  await simulator.close();
});

test('folders of before there were seals are counted, sealed by --repair, and compared from then on', async () => {
  const { config } = company;
  const folder = path.join(config.home, 'simulations', id);
  await rm(path.join(folder, 'seal.json'));
  expect(await checkUnsealed(config, false)).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining(folder) as string,
    fix: expect.stringContaining('--repair') as string,
  });
  expect(await checkUnsealed(config, true)).toMatchObject({ status: 'pass' });
  expect(await checkUnsealed(config, false)).toMatchObject({ status: 'pass' });
  expect(await finding()).toMatchObject({ status: 'pass' });
  await harmed('of one flipped byte', path.join(folder, 'levers.csv'));
  expect(await finding()).toMatchObject({ status: 'fail' });
});

test.each([
  ['summary.json', 'truncated'],
  ['fct_yearly_events.parquet', 'truncated'],
  ['provenance.json', 'emptied'],
])('an unsealed folder whose %s is %s is not sealed as whole', async (name, harm) => {
  const { config } = company;
  const file = path.join(config.home, 'simulations', id, name);
  await rm(path.join(path.dirname(file), 'seal.json'));
  await harmed(harm, file);
  expect(await checkUnsealed(config, true)).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining(file) as string,
  });
  expect(await namesOf(path.dirname(file))).not.toContain('seal.json');
});
