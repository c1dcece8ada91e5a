/** Runs are found by words, tags and parameters, ordered by what matters, and asked for again as they were. */
import type { ListedRun } from '../../../src/server/runs/runs.contract.js';
import { filterRuns, orderRuns } from '../../../src/server/runs/find-runs.js';
import { sameRequest } from '../../../web/src/features/runs/same-request.js';

const run = (run_id: string, part: Partial<ListedRun>): ListedRun => ({
  run_id,
  workflow_id: run_id,
  status: 'converged',
  scenario: 'default',
  requested_by: 'ana',
  started_at: '2026-01-01T00:00:00Z',
  finished_at: null,
  target_growth: 2,
  final_growth: 2,
  marks: { tags: [], archived: false, pinned: false },
  request: null,
  ...part,
});

const RUNS = [
  run('near', { final_growth: 2.05, request: { strategy: 'balanced', target: 2, tune: ['merit_base'] } }),
  run('far', { status: 'infeasible', final_growth: 3, request: { strategy: 'aggressive', target: 8 } }),
  run('gone', { marks: { tags: [], archived: true, pinned: false } }),
  run('tagged', {
    status: 'failed',
    final_growth: null,
    marks: { tags: ['round'], archived: false, pinned: false },
  }),
  run('pinned', { final_growth: 2.5, marks: { tags: [], archived: false, pinned: true } }),
];
const idsOf = (runs: readonly ListedRun[]) => runs.map(({ run_id }) => run_id);
const find = (text: string, archived = false) =>
  idsOf(filterRuns(RUNS, { find: text, status: undefined, archived }));

test.each([
  ['strategy=balanced', ['near']],
  ['target>2', ['far']],
  ['target>=2 strategy=balanced', ['near']],
  ['tune=merit_base', ['near']],
  ['growth<2.1', ['near']],
  ['tag:round', ['tagged']],
  ['infeasible', ['far']],
  ['seed=42', []],
])('%s finds %j', (text, ids) => expect(find(text)).toEqual(ids));

test('what is archived is shown only when asked for', () => {
  expect(find('')).not.toContain('gone');
  expect(find('', true)).toEqual(['gone']);
});

test.each([
  ['failed', ['pinned', 'tagged', 'far', 'near', 'gone']],
  ['gap', ['pinned', 'gone', 'near', 'far', 'tagged']],
  ['newest', ['pinned', 'near', 'far', 'gone', 'tagged']],
] as const)('%s first, and the pinned one before all', (order, ids) =>
  expect(idsOf(orderRuns(RUNS, order))).toEqual(ids),
);

test('the same request names the same inputs and applies nothing', () => {
  const request = {
    run_id: 'a',
    workflow_id: 'b',
    requested_by: 'ana',
    published: 'c',
    target: 3,
    census: 'sha',
    lever_set: 'set',
    years: { first: 2025, last: 2027 },
    apply: 'on-convergence',
  };
  expect(sameRequest(request)).toEqual({
    target: 3,
    census: 'sha',
    lever_set: 'set',
    years: '2025-2027',
    apply: 'never',
  });
});
