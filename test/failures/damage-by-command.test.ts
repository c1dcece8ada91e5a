/** Files of a home damaged under the built command line: a list names what is damaged and shows the rest; nothing is UNEXPECTED. */
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planRun } from '../../src/assets/plan-run.js';
import { checkSeals } from '../../src/cli/doctor/seals.js';
import { createGridStore } from '../../src/grids/grid-store.js';
import type { GridResult } from '../../src/grids/grid.contract.js';
import { createRunStore } from '../../src/runs/run-store.js';
import { explain, failure } from '../../src/shared/errors/errors.js';
import { writeWhole } from '../../src/shared/files/durable.js';
import { withSeal } from '../../src/shared/files/stored-json.js';
import { runMeritloop } from '../cli/run-meritloop.js';
import { createMemoryCatalog } from '../assets/graph/memory-catalog.js';
import { createProductHost } from '../../src/assets/product/product-host.js';
import { createCompany, type Company } from '../simulation/company.js';

const HARMS: Readonly<Record<string, (file: string) => Promise<void>>> = {
  truncated: async (file) => truncate(file, Math.floor((await readFile(file)).length / 2)),
  flipped: async (file) => {
    const bytes = await readFile(file);
    const place = Math.floor(bytes.length / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await writeFile(file, bytes);
  },
  emptied: (file) => writeFile(file, ''),
};

let company: Company;
let whole: string;
let home: string;
let simulation: string;

beforeAll(async () => {
  company = await createCompany({ employees: 60 });
  const { config, spec } = company;
  const years = { first: 2025, last: 2026 };
  const simulator = company.simulator();
  const { summary } = await simulator.simulate({ ...spec, years }, { keep: 'tables' });
  simulation = summary.simulation_id;
  const runs = createRunStore(config.home);
  for (const run_id of ['one', 'two']) {
    const workflow_id = `compensation-optimization/default/${run_id}`;
    const record = {
      run_id,
      workflow_id,
      started_at: '2025-01-31T09:30:00.000Z',
      finished_at: '2025-01-31T09:31:00.000Z',
      spec: null,
      seconds_by_stage: {},
    };
    await runs.underName(
      record,
      async () => false,
      () => runs.claim(record),
    );
    const error = explain(failure('RUN_UNKNOWN', { run: run_id }));
    await runs.finish(record, { run_id, workflow_id, requested_by: 'ann', status: 'failed', error });
    await runs.writeReport(run_id, { growth: 2 }, '# Growth 2 %\n');
    await writeWhole(
      runs.fileOf(run_id, 'marks.json'),
      JSON.stringify(withSeal({ tags: ['round'], archived: false, pinned: false })),
    );
  }
  for (const grid_id of ['one', 'two'])
    await createGridStore(config.home).save({
      finished_at: '2025-01-31T09:31:00.000Z',
      result: gridOf(grid_id),
    });
  const host = createProductHost({
    config,
    simulator,
    catalog: createMemoryCatalog(),
    resolveInputs: async () => ({ spec: { ...spec, years } }),
  });
  await planRun(host, config.home, 'made', { select: 'stg_census' }, new Date());
  whole = config.home;
});
afterAll(() => company.remove());
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-harmed-'));
  await cp(whole, home, { recursive: true });
});
afterEach(() => rm(home, { recursive: true, force: true }));

interface Answer {
  readonly code: number | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

async function ask(...argv: string[]): Promise<Answer> {
  const { exitCode, stdout, stderr } = await runMeritloop([...argv, '--home', home, '--json']);
  expect(`${stdout}${stderr}`).not.toMatch(/UNEXPECTED|\n\s+at /);
  return { code: exitCode, body: JSON.parse(stdout) as Answer['body'], text: stdout };
}
/** Asked as a process of its own once for each kind of file: it takes seconds. */
const doctorSays = async (file: string, how: string): Promise<number | null> => {
  const { code, body } =
    how === 'flipped'
      ? await ask('doctor')
      : { code: 6, body: { checks: await checkSeals({ ...company.config, home }) } };
  const failed = (body['checks'] as { status: string; detail: string }[]).filter(
    ({ status }) => status === 'fail',
  );
  expect(failed.map(({ detail }) => detail).join('\n')).toContain(file);
  expect(code).toBe(6);
  return code;
};
const rowsOf = (files: readonly string[]) =>
  files.flatMap((file) => Object.keys(HARMS).map((harm) => [file, harm] as const));
const harm = async (how: string, file: string): Promise<string> => {
  const place = path.join(home, file);
  await HARMS[how]?.(place);
  return place;
};

test.each(rowsOf(['run.json', 'marks.json']))(
  '%s of one run of two, %s: both are listed',
  async (name, how) => {
    const file = await harm(how, path.join('runs', 'one', name));
    const { code, body } = await ask('runs', 'list');
    expect(code).toBe(0);
    const runs = body['runs'] as { run_id: string; status: string; damage?: string }[];
    expect(runs.map(({ run_id }) => run_id).toSorted()).toEqual(['one', 'two']);
    const states = new Map(runs.map((run) => [run.run_id, run]));
    expect(states.get('two')).toMatchObject({ status: 'failed' });
    const isRecord = name === 'run.json';
    expect(states.get('one')?.status).toBe(isRecord ? 'damaged' : 'failed');
    expect(states.get('one')?.damage?.includes(file) ?? false).toBe(isRecord);
    await doctorSays(file, how);
  },
);

// A flipped byte of a run's seal may stand in the line of a report, which says nothing of the result.
const SHOWN_BY_NOBODY = rowsOf(['result.json', 'seal.json']).filter(
  ([name, how]) => name !== 'seal.json' || how !== 'flipped',
);

test.each(SHOWN_BY_NOBODY)('%s of a run, %s: shown by nobody, named', async (name, how) => {
  const file = await harm(how, path.join('runs', 'one', name));
  const { code, body } = await ask('runs', 'show', 'one');
  expect({ code, error: body['error'] }).toMatchObject({
    code: 6,
    error: { code: 'STORED_FILE_DAMAGED', fields: { path: file } },
  });
  await doctorSays(file, how);
});

test.each(rowsOf(['report.json', 'report.md']))(
  '%s of a run, %s: the run is shown, the report put aside',
  async (name, how) => {
    const file = await harm(how, path.join('runs', 'one', name));
    await doctorSays(file, how);
    const { body } = await ask('runs', 'show', 'one');
    // As it ended: with its own failure.
    expect(body['error']).toMatchObject({ code: 'RUN_UNKNOWN' });
    const runs = createRunStore(home);
    expect(await runs.report('one', name as 'report.md')).toBeNull();
    await runs.writeReport('one', { growth: 2 }, '# Growth 2 %\n');
    expect(await runs.report('one', 'report.md')).toBe('# Growth 2 %\n');
  },
);

test.each(rowsOf(['grid.json']))('%s of one grid of two, %s: both are listed', async (name, how) => {
  const file = await harm(how, path.join('grids', 'one', name));
  const { code, body } = await ask('grid', 'list');
  expect(code).toBe(0);
  const grids = body['grids'] as { grid_id: string; status: string; damage?: string }[];
  expect(grids.map(({ grid_id, status }) => `${grid_id} ${status}`).toSorted()).toEqual([
    'one damaged',
    'two completed',
  ]);
  expect(grids.find(({ grid_id }) => grid_id === 'one')?.damage).toContain(file);
  await doctorSays(file, how);
});

test.each(rowsOf(['plan.json']))('%s of a materialisation, %s: doctor names it', async (name, how) => {
  const file = await harm(how, path.join('materializations', 'made', name));
  expect(await doctorSays(file, how)).toBe(6);
});

test.each(rowsOf(['seal.json', 'summary.json']))(
  '%s of a simulation, %s: not published, and made again',
  async (name, how) => {
    const file = await harm(how, path.join('simulations', simulation, name));
    const { code, body } = await ask('publish', simulation);
    expect({ code, error: body['error'] }).toMatchObject({
      code: 6,
      error: { code: 'STORED_FILE_DAMAGED', fields: { path: file } },
    });
    await doctorSays(file, how);
  },
);

const gridOf = (grid_id: string): GridResult => ({
  grid_id,
  workflow_id: `grid/${grid_id}`,
  status: 'completed',
  requested_by: 'ann',
  targets: [2],
  strategies: ['balanced'],
  scenarios: ['default'],
  seeds: [42],
  years: { first: 2025, last: 2026 },
  target_mode: 'average',
  metric: 'mean',
  tolerance: 0.1,
  parallel: 1,
  cells: [],
  choices: [],
  pareto: [],
  counts: {
    cells: 0,
    converged: 0,
    not_converged: 0,
    infeasible: 0,
    failed: 0,
    cancelled: 0,
    pending: 0,
    reused: 0,
  },
  simulations_run: 0,
  simulations_reused: 0,
  notices: [],
  seconds: 1,
});
