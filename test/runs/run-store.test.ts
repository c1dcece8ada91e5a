import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRunStore, type RunRecord, type RunStore } from '../../src/runs/run-store.js';
import { failure, explain } from '../../src/shared/errors/errors.js';
import { writeWhole } from '../../src/shared/files/durable.js';

import { startTuning } from '../../src/tuning/one-target/state.js';

let home: string;
let runs: RunStore;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-runs-'));
  runs = createRunStore(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

const record = (over: Partial<RunRecord> = {}): RunRecord => ({
  run_id: 'one',
  workflow_id: 'compensation-optimization/default/one',
  started_at: '2025-01-31T09:30:00.000Z',
  finished_at: null,
  spec: null,
  seconds_by_stage: {},
  ...over,
});

const ending = {
  run_id: 'one',
  workflow_id: 'compensation-optimization/default/one',
  requested_by: 'ann',
  status: 'failed' as const,
  error: explain(failure('RUN_UNKNOWN', { run: 'one' })),
};

test('of two workflows that claim one name at once, one gets it', async () => {
  const claims = ['a', 'b', 'c'].map((workflow_id) => runs.claim(record({ workflow_id })));
  const outcomes = await Promise.allSettled(claims);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  expect(refusals).toMatchObject([{ code: 'RUN_NAME_TAKEN' }, { code: 'RUN_NAME_TAKEN' }]);
});

test('claiming again, as a retry does, changes nothing', async () => {
  await runs.claim(record());
  await runs.claim(record());
  expect(await runs.record('one')).toEqual(record());
});

test('a later run of the same workflow puts the earlier result aside', async () => {
  await runs.claim(record());
  await runs.finish(record({ finished_at: '2025-01-31T09:31:00.000Z' }), ending);
  await runs.claim(record({ started_at: '2025-02-01T00:00:00.000Z' }));
  expect(await runs.ending('one')).toBeUndefined();
  expect(await readdir(path.join(home, 'runs', 'one'))).toEqual([
    'result-20250131T093000000Z.json',
    'run.json',
  ]);
});

test('a tuning state is found again by its content', async () => {
  const lever = {
    scenario_id: 'default',
    fiscal_year: 2025,
    job_level: 1,
    event_type: 'RAISE' as const,
    parameter_name: 'merit_base' as const,
  };
  const problem = {
    target: 2,
    tolerance: 0.1,
    max_iterations: 10,
    strategy: 'balanced' as const,
    levers: [{ ...lever, value: 0.03, low: 0.01, high: 0.1, locked: false, step: 0.01, sensitivity: 64 }],
  };
  const state = startTuning(problem, 3.7);
  const reference = await runs.saveState('one', state);
  expect(await runs.saveState('one', state)).toBe(reference);
  expect(await runs.loadState('one', reference)).toEqual(state);
  await expect(runs.loadState('one', 'f'.repeat(32))).rejects.toMatchObject({ code: 'FILE_MISSING' });
});

test('the latest start comes first', async () => {
  await runs.claim(record({ run_id: 'older' }));
  await runs.claim(record({ run_id: 'newer', started_at: '2025-03-01T00:00:00.000Z' }));
  expect((await runs.list()).map(({ run_id }) => run_id)).toEqual(['newer', 'older']);
});

test('the briefs of all runs follow every change of their folders', async () => {
  const briefs = async () =>
    (await runs.briefs()).map(({ record: { run_id }, ended, marks }) => [run_id, ended, marks]);
  expect(await briefs()).toEqual([]);
  await runs.claim(record());
  expect(await briefs()).toEqual([['one', null, null]]);
  await runs.finish(record({ finished_at: '2025-01-31T09:31:00.000Z' }), ending);
  const ended = { status: 'failed', final_growth: null };
  expect(await briefs()).toEqual([['one', ended, null]]);
  // As one looks long after the last change, what is kept answers.
  await utimes(path.join(home, 'runs', 'one'), 1, 1);
  expect(await briefs()).toEqual([['one', ended, null]]);
  await writeWhole(runs.fileOf('one', 'marks.json'), '{}\n');
  expect(await briefs()).toEqual([['one', ended, '{}\n']]);
  await rm(path.join(home, 'runs', 'one'), { recursive: true });
  expect(await briefs()).toEqual([]);
});
