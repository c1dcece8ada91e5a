/** The cells of a grid, and the table, choices, front and counts that follow from what became of them. */
import { RUN_ID } from '../../src/runs/request.contract.js';
import { gridResult } from '../../src/grids/grid.contract.js';
import { gridResultOf, PENDING, type CellOutcome } from '../../src/grids/outcome.pure.js';
import { cellsOf } from '../../src/grids/plan.pure.js';
import { samplePlan as plan } from './sample-plan.js';

const judged = (final_growth: number, payroll: number, more: Partial<CellOutcome> = {}): CellOutcome => ({
  ...PENDING,
  status: 'converged',
  final_growth,
  gap: 0,
  payroll,
  payroll_final_year: payroll / 2,
  iterations_used: 1,
  simulations_run: 4,
  simulations_reused: 1,
  simulation_id: 's',
  seconds: 1,
  ...more,
});
const end = { workflow_id: 'grid/g', status: 'completed', seconds: 3 } as const;

test('a grid has a cell for each combination, the seeds changing fastest', () => {
  const cells = cellsOf(plan());
  expect(cells.map(({ label }) => label)).toEqual([
    '1.5 % · balanced · seed 42',
    '1.5 % · balanced · seed 43',
    '1.5 % · aggressive · seed 42',
    '1.5 % · aggressive · seed 43',
    '2 % · balanced · seed 42',
    '2 % · balanced · seed 43',
    '2 % · aggressive · seed 42',
    '2 % · aggressive · seed 43',
  ]);
  expect(cells[0]).toMatchObject({
    run_id: 'g-1.5-balanced-default-s42-01234567',
    workflow_id: 'compensation-optimization/default/g-1.5-balanced-default-s42-01234567',
    request: { target: 1.5, seed: 42, levers: 'levers/a.csv', census: 'inputs/b/source.csv', apply: 'never' },
  });
});

test('the longest names make ids that a run may have, all of them different', () => {
  const scenarios = ['one', 'two'].map((name, index) => ({
    scenario: `${'x'.repeat(124)}-${name}`,
    levers: '',
    inputs: `0123456${index}`,
  }));
  const cells = cellsOf(
    plan({ grid_id: 'g'.repeat(60), targets: [-49.999999], scenarios, seeds: [2_147_483_647] }),
  );
  for (const { run_id } of cells) expect(run_id).toMatch(RUN_ID);
  expect(new Set(cells.map(({ run_id }) => run_id)).size).toBe(4);
});

test('the table, the front of each seed, and the choices as means over the seeds', () => {
  const outcomes = [
    judged(1.5, 100),
    judged(1.5, 110),
    judged(1.5, 101, { status: 'not_converged', reused: true }),
    judged(1.6, 110),
    judged(2, 120),
    { ...PENDING, status: 'failed' as const, error: { code: 'LEVER_MISSING', message: 'm', hint: 'h' } },
    null,
    { ...PENDING, status: 'cancelled' as const },
  ];
  const result = gridResultOf(plan(), outcomes, end);
  expect(gridResult.parse(result)).toEqual(result);
  expect(result.cells.map(({ status, on_front }) => [status, on_front])).toEqual([
    ['converged', true],
    ['converged', false],
    ['not_converged', false],
    ['converged', true],
    ['converged', true],
    ['failed', false],
    ['pending', false],
    ['cancelled', false],
  ]);
  expect(result.pareto.map(({ seed, final_growth, payroll }) => [seed, final_growth, payroll])).toEqual([
    [42, 1.5, 100],
    [42, 2, 120],
    [43, 1.6, 110],
  ]);
  expect(result.choices).toEqual([
    {
      target: 1.5,
      strategy: 'balanced',
      scenario: 'default',
      seeds: 2,
      on_front: 1,
      mean_growth: 1.5,
      lowest_growth: 1.5,
      highest_growth: 1.5,
      mean_payroll: 105,
      mean_payroll_final_year: 52.5,
    },
    expect.objectContaining({ strategy: 'aggressive', seeds: 2, on_front: 1, mean_payroll: 105.5 }),
    expect.objectContaining({ target: 2, strategy: 'balanced', seeds: 1, on_front: 1 }),
  ]);
  expect(result.counts).toEqual({
    cells: 8,
    converged: 4,
    not_converged: 1,
    infeasible: 0,
    failed: 1,
    cancelled: 1,
    pending: 1,
    reused: 1,
  });
  // Nothing of the reused cell's own run was simulated here.
  expect(result).toMatchObject({ simulations_run: 16, simulations_reused: 4, notices: ['one person left'] });
});

test('a grid of which nothing has ended has neither front nor choices', () => {
  const result = gridResultOf(plan(), [], { ...end, status: 'running' });
  expect(result).toMatchObject({ pareto: [], choices: [], counts: { cells: 8, pending: 8 } });
});
