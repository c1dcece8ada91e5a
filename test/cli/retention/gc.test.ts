/** `meritloop gc` on a home with finished simulations, a stored run, leftovers of killed processes, and what is old. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { createRunStore } from '../../../src/runs/run-store.js';
import { createCatalog } from '../../../src/assets/catalog/catalog.js';
import { formatLevers } from '../../../src/levers/file.js';
import { ownedName } from '../../../src/shared/files/process-identity.js';
import { createLogger } from '../../../src/shared/log.js';
import { materialization } from '../../assets/catalog/events.js';
import { createCompany, setLever, type Company } from '../../simulation/company.js';
import { runInProcess } from '../capture.js';

let company: Company;
let home: string;
beforeAll(async () => {
  company = await createCompany({ employees: 200 });
  home = company.config.home;
});
afterAll(() => company.remove());

const LONG_AGO = new Date(Date.now() - 40 * 86_400_000);
const age = (file: string): Promise<void> => utimes(path.join(home, file), LONG_AGO, LONG_AGO);

/** Makes everything in the home 40 days old. */
async function ageAll(): Promise<void> {
  for (const name of await readdir(home, { recursive: true })) await age(name);
}

async function gc(...words: readonly string[]) {
  const { exitCode: exit, stdout } = await runInProcess(['gc', '--json', '--home', home, ...words], home);
  const { removed = [], ...document } = JSON.parse(stdout) as {
    removed?: { kind: string; path: string; bytes: number }[];
    bytes?: number;
    error?: { fields: unknown };
  };
  return { exit, removed, document };
}

test.each(['30', '0d', '5m', '4000d', ''])('an age of "%s" is refused', async (text) => {
  const { exit, document } = await gc('--older-than', text);
  expect(exit).toBe(2);
  expect(document.error?.fields).toMatchObject({ field: '--older-than' });
});

test('what nothing needs goes, what anything refers to stays, and the rest is told by --dry-run', async () => {
  const simulator = company.simulator({ checkpointAfterMs: 0 });
  const { summary } = await simulator.simulate(company.spec, { keep: 'tables' });
  const trial = await company.withLevers(setLever('cola_rate', 0.03));
  const lost = await company.withLevers(setLever('cola_rate', 0.05));
  const kept = (await simulator.simulate(trial, { keep: 'summary' })).summary.simulation_id;
  const gone = (await simulator.simulate(lost, { keep: 'summary' })).summary.simulation_id;
  await simulator.close();

  const other = 'f'.repeat(64);
  await mkdir(path.join(home, 'inputs', other));
  await writeFile(path.join(home, 'inputs', other, 'source.csv'), 'x');
  await mkdir(path.join(home, 'simulations', '.draft-1'));
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const abandoned = `spill@${hostname()}@${dead}@1@00000000-0000-4000-8000-000000000000`;
  await mkdir(path.join(home, 'tmp', abandoned), { recursive: true });
  const living = ownedName('spill');
  await mkdir(path.join(home, 'tmp', living));
  await mkdir(path.join(home, 'materializations', 'ended'), { recursive: true });
  await writeFile(path.join(home, 'materializations', 'ended', 'plan.json'), '{}');
  const rows = await company.levers.load(company.spec.levers);
  const unused = createHash('sha256')
    .update(formatLevers(rows.slice(0, 5)))
    .digest('hex');
  expect(await company.levers.save(rows.slice(0, 5))).toBe(unused);
  await createRunStore(home).finish(
    {
      run_id: 'r1',
      workflow_id: 'w',
      started_at: '2025-01-01T00:00:00.000Z',
      finished_at: '2025-01-01T00:01:00.000Z',
      spec: null,
      seconds_by_stage: {},
    },
    {
      run_id: 'r1',
      workflow_id: 'w',
      requested_by: 'ann',
      status: 'cancelled',
      error: { code: 'CANCELLED', message: '', hint: '', fields: {} },
    },
  );
  await ageAll();
  // Taken up again since.
  await company.simulator().load(kept);

  const expected = [
    `inputs/${other}`,
    `levers/${unused}.csv`,
    `levers/${trial.levers}.csv`,
    `levers/${lost.levers}.csv`,
    'materializations/ended',
    'simulations/.draft-1',
    `tmp/${abandoned}`,
    `trials/${gone}`,
  ].toSorted();
  const before = await readdir(home, { recursive: true });
  const dry = await gc('--dry-run');
  const paths = dry.removed.map(({ path: file }) => file);
  expect(paths.filter((file) => !file.startsWith('checkpoints/')).toSorted()).toEqual(expected);
  expect(paths.filter((file) => file.startsWith('checkpoints/')).length).toBeGreaterThan(0);
  expect(await readdir(home, { recursive: true })).toEqual(before);

  const { exit, removed, document } = await gc();
  expect(exit).toBe(0);
  expect(removed).toEqual(dry.removed);
  expect(document.bytes).toBe(removed.reduce((sum, { bytes }) => sum + bytes, 0));
  const left = await readdir(home, { recursive: true });
  expect(left).toEqual(expect.arrayContaining([`trials/${kept}`, `tmp/${living}`, 'runs/r1/result.json']));
  expect(left.filter((file) => removed.some(({ path: away }) => file.startsWith(away)))).toEqual([]);
  expect((await company.simulator().load(summary.simulation_id)).simulation_id).toBe(summary.simulation_id);
  expect(await company.levers.load(company.spec.levers)).toEqual(rows);
  expect((await gc()).removed).toEqual([]);
});

test('old events of the catalog go, but for the latest of each asset; a dry run and a home without one change nothing', async () => {
  const file = path.join(home, 'catalog', 'catalog.db');
  expect((await gc('--older-than', '30d')).document).toMatchObject({ events: 0 });
  await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' });
  const catalog = createCatalog({ home, catalogUrl: undefined }, createLogger({ logLevel: 'silent' }));
  const recorded_at = LONG_AGO.toISOString();
  await catalog.append([
    materialization('1', { recorded_at }),
    materialization('2', { recorded_at }),
    materialization('3', { recorded_at, asset: 'growth' }),
  ]);
  await gc('--older-than', '30d', '--dry-run');
  expect(await catalog.history({ limit: 9 })).toHaveLength(3);
  expect((await gc('--older-than', '30d')).document).toMatchObject({ events: 1 });
  expect((await catalog.history({ limit: 9 })).map(({ event }) => event.id)).toEqual(['3', '2']);
  await catalog.close();
});
