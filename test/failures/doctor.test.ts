/** Doctor finds each fault before a run meets it, and says the fix. */
import { cp, mkdir, rm, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { checkHome } from '../../src/cli/doctor/home.js';
import { checkMemory } from '../../src/cli/doctor/memory.js';
import { checkServer } from '../../src/cli/doctor/server.js';
import { checkPublished, checkStoredFiles } from '../../src/cli/doctor/stored-files.js';
import { checkPython } from '../../src/cli/doctor/tools.js';
import { Database } from '../../src/simulation/engine/database.js';
import { createCompany, type Company } from '../simulation/company.js';
import { runMeritloop } from '../cli/run-meritloop.js';
import { holdDatabase } from './lock-holder.js';
import { copyProject } from './project-copy.js';
import { describeOnSmallDisk, mountSmallDisk } from './small-disk.js';

const onSmallDisk = await describeOnSmallDisk();
let company: Company;
beforeAll(async () => {
  company = await createCompany({ employees: 50 });
});
afterAll(() => company.remove());

test.each([
  [100 * 1024 ** 2, 'fail'],
  [1024 ** 3, 'warn'],
  [8 * 1024 ** 3, 'pass'],
])('%i bytes of memory: %s', (available, status) => {
  expect(checkMemory(available).status).toBe(status);
});

test('a Parquet file that is not whole, with the command that removes it', async () => {
  const { config, spec } = company;
  expect(await checkStoredFiles(config)).toMatchObject([{ status: 'pass' }, { status: 'pass' }]);
  const folder = path.join(config.home, 'simulations', '0123456789abcdef0123456789abcdef');
  await cp(path.join(config.home, 'inputs', spec.census), folder, { recursive: true });
  await truncate(path.join(folder, 'census.parquet'), 300);
  expect((await checkStoredFiles(config))[0]).toMatchObject({
    status: 'fail',
    fix: expect.stringContaining(`rm -r ${folder}\``) as string,
  });
  await rm(folder, { recursive: true });
});

test('drafts that a killed process left yesterday, but not those of a living one', async () => {
  const drafts = path.join(company.config.home, 'simulations');
  await mkdir(path.join(drafts, '.draft-old'), { recursive: true });
  await mkdir(path.join(drafts, '.draft-new'));
  const yesterday = Date.now() / 1000 - 100_000;
  await utimes(path.join(drafts, '.draft-old'), yesterday, yesterday);
  const [, remains] = await checkStoredFiles(company.config);
  expect(remains).toMatchObject({ status: 'warn', fix: `Remove them: \`rm -r ${drafts}/.draft-old\`` });
  await rm(drafts, { recursive: true });
});

test('a published database that a program holds', async () => {
  const { config } = company;
  const file = path.join(config.home, 'simulation.duckdb');
  await (await Database.open(file, { spillFolder: config.home })).close();
  expect(await checkPublished(config)).toMatchObject({ status: 'pass' });
  const holder = await holdDatabase(config.projectRoot, file);
  expect(await checkPublished(config)).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining(`(pid ${holder.pid})`) as string,
    fix: expect.stringContaining(`kill ${holder.pid}`) as string,
  });
  await holder.letGo();
});

test('no dbt in .venv', async () => {
  const project = await copyProject(company.config, null);
  expect((await checkPython(project.config))[0]).toMatchObject({ check: 'Python', status: 'fail' });
  await project.remove();
});

const NOBODY = '127.0.0.1:1';

test('a Temporal server that does not answer', async () => {
  expect(await checkServer({ ...company.config, temporalAddress: NOBODY })).toMatchObject({
    status: 'fail',
    fix: expect.stringContaining('TEMPORAL_ADDRESS') as string,
  });
});

test('and a run on that server says the same', async () => {
  const run = await runMeritloop(['optimize', '--home', company.config.home, '--json'], {
    TEMPORAL_ADDRESS: NOBODY,
  });
  expect(run.exitCode).toBe(6);
  expect(JSON.parse(run.stdout)).toMatchObject({
    error: {
      code: 'SERVER_UNREACHABLE',
      fields: { address: NOBODY },
      hint: expect.stringContaining('meritloop server') as string,
    },
  });
});

onSmallDisk('a disk', () => {
  test('that is nearly full', async () => {
    const disk = await mountSmallDisk(4);
    const findings = await checkHome({ ...company.config, home: path.join(disk?.folder ?? '', 'home') });
    await disk?.unmount();
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'Disk',
        status: 'fail',
        fix: expect.stringContaining('--home') as string,
      }),
    );
  });
});
