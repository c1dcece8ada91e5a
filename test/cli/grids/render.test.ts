/** What people see of a grid, and the exit code that follows from its cells. */
import { expect, test } from '@jest/globals';
import { renderGrid } from '../../../src/cli/grids/render.js';
import { renderGrids } from '../../../src/cli/grids/command.js';
import { PLAIN } from '../../../src/cli/render/style.js';
import { exitCodeOf } from '../../../src/cli/grids/run-grid.js';
import type { GridResult } from '../../../src/grids/grid.contract.js';
import { gridResultOf, PENDING, type CellOutcome } from '../../../src/grids/outcome.pure.js';
import { samplePlan } from '../../grids/sample-plan.js';

const plan = samplePlan({
  grid_id: 'board',
  targets: [1.25, 2],
  strategies: ['balanced'],
  years: { first: 2025, last: 2029 },
  notices: ['two columns were ignored'],
});

const judged = (final_growth: number, payroll: number): CellOutcome => ({
  ...PENDING,
  status: 'converged',
  final_growth,
  gap: 0.01,
  payroll,
  payroll_final_year: payroll / 5,
  iterations_used: 1,
  simulations_run: 5,
  simulations_reused: 0,
  simulation_id: 'a',
  seconds: 2,
});
const failed = (code: string): CellOutcome => ({
  ...PENDING,
  status: 'failed',
  error: { code, message: 'what happened', hint: 'what to do' },
});

const resultOf = (
  outcomes: readonly CellOutcome[],
  status: GridResult['status'] = 'completed',
  seeds = plan.seeds,
): GridResult =>
  gridResultOf({ ...plan, seeds }, outcomes, { workflow_id: 'grid/board', status, seconds: 12.34 });

const columns = (text: string): string => text.replaceAll(/ {2,}/g, '  ');

test('the table, the front over the seeds, what failed, and the notices', () => {
  const outcomes = [judged(1.24, 5_000_000), judged(1.26, 5_100_000), judged(1.99, 6e6), failed('DISK_FULL')];
  const text = columns(renderGrid(resultOf(outcomes), PLAIN));
  expect(text).toContain('Completed: 4 cells, 3 converged, 1 failed');
  expect(text).toContain('simulations: 15 run, 0 reused · 2 at a time · 12.3 s');
  expect(text).toContain('payroll 2025–2029  payroll 2029  iterations  front');
  expect(text).toContain(
    '1.25 %  balanced  default  42  converged  1.24 %  +0.01 pp  $5,000,000  $1,000,000  1  yes',
  );
  expect(text).toContain('2.0 %  balanced  default  43  failed DISK_FULL');
  expect(text).toContain('1.25 %  balanced  default  1.25 %  1.24 % to 1.26 %  $5,050,000  2 of 2 seeds');
  expect(text).toContain('2.0 %  balanced  default  1.99 %  1.99 % to 1.99 %  $6,000,000  1 of 1 seeds');
  expect(text).toContain('- board-2-balanced-default-s43-01234567: DISK_FULL what happened');
  expect(text).toContain('next: what to do');
  expect(text).toContain('Note: two columns were ignored');
});

test('with one seed nothing is said of seeds; with none ended there is no front', () => {
  const text = renderGrid(resultOf([judged(1.24, 5e6), judged(2, 6e6)], 'completed', [42]), PLAIN);
  expect(text).not.toContain('on the front of');
  expect(renderGrid(resultOf([], 'cancelled'), PLAIN)).not.toContain('Pareto');
});

const infeasible: CellOutcome = { ...judged(3, 7e6), status: 'infeasible' };
const cancelled: CellOutcome = { ...PENDING, status: 'cancelled' };

test.each([
  ['verdicts of any kind', [judged(1, 1), infeasible], 'completed', 0],
  ['cells that failed alike', [judged(1, 1), failed('DISK_FULL'), failed('DISK_FULL')], 'completed', 6],
  ['cells that failed differently', [failed('DISK_FULL'), failed('LEVER_MISSING')], 'completed', 1],
  ['one cell that somebody cancelled', [judged(1, 1), cancelled], 'completed', 1],
  ['a cancelled grid', [judged(1, 1), cancelled], 'cancelled', 5],
] as const)('%s', (_, outcomes, status, exitCode) => {
  expect(exitCodeOf(resultOf(outcomes, status))).toBe(exitCode);
});

test('the list of grids: what is not known stays blank, and none is said so', () => {
  const open = { gridId: 'plan', workflowId: 'grid/plan', status: 'running', finishedAt: null };
  const text = columns(
    renderGrids(
      [
        { ...open, requestedBy: undefined, cells: undefined, converged: undefined },
        {
          ...open,
          gridId: 'board',
          status: 'completed',
          finishedAt: '2026-01-02T03:04:05.000Z',
          requestedBy: 'ann',
          cells: 12,
          converged: 11,
        },
      ],
      '/home',
      PLAIN,
    ),
  );
  expect(text).toContain('board  completed  2026-01-02 03:04  ann  12  11');
  expect(text).toMatch(/plan {2}running\s*\n/);
  expect(renderGrids([], '/home', PLAIN)).toContain('No grids in /home yet');
});
