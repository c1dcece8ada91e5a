/** Limits of a request: the rows that they name, and what a growth run may then do with them. */
import { withLimits } from '../../src/targets/lever-limits.js';
import type { LeverLimit } from '../../src/targets/targets.contract.js';
import { RESPONSES, runTuner, sampleLevers, sampleProblem } from '../tuning/sample-company.js';
import { summarise } from '../../src/tuning/one-target/summary.js';

const tuned = (limits: LeverLimit[], target = 2) =>
  summarise(
    runTuner(sampleProblem({ target, levers: withLimits(sampleLevers(), limits) }), RESPONSES.linear).state,
  );

test('a run towards one growth moves no frozen row, and still meets the target', () => {
  const { verdict, changes } = tuned([
    { parameter_name: 'merit_base', years: '2025-2026', frozen: true },
    { parameter_name: 'cola_rate', low: 0.015 },
  ]);
  expect(verdict).toBe('converged');
  const frozen = changes.filter(
    ({ parameter_name, fiscal_year }) => parameter_name === 'merit_base' && fiscal_year <= 2026,
  );
  expect(frozen).toHaveLength(10);
  expect(frozen.every(({ before, after, bound }) => before === after && bound === 'locked')).toBe(true);
  for (const { after } of changes.filter(({ parameter_name }) => parameter_name === 'cola_rate'))
    expect(after).toBeGreaterThanOrEqual(0.015);
});

test('bounds that are too narrow make the target infeasible, and are named as what to widen', () => {
  const { verdict, recommendations } = tuned(
    [
      { parameter_name: 'merit_base', low: 0.02 },
      { parameter_name: 'cola_rate', frozen: true },
      { parameter_name: 'new_hire_salary_adjustment', frozen: true },
    ],
    0.5,
  );
  expect(verdict).toBe('infeasible');
  expect(recommendations.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['WIDEN_BOUNDS', 'UNLOCK_ROWS']),
  );
});

test('bounds hold for the levels and years that they name, and for no others', () => {
  const limits: LeverLimit[] = [
    { parameter_name: 'merit_base', years: '2026-2027', job_levels: [2, 3], low: 0.025, high: 0.045 },
  ];
  const isNamed = ({ parameter_name, fiscal_year, job_level }: (typeof rows)[number]): boolean =>
    parameter_name === 'merit_base' && [2026, 2027].includes(fiscal_year) && [2, 3].includes(job_level);
  const rows = withLimits(sampleLevers(), limits);
  expect(rows.filter(isNamed)).toHaveLength(4);
  for (const row of rows.filter(isNamed)) expect(row).toMatchObject({ low: 0.025, high: 0.045 });
  const others = sampleLevers().filter((row) => !isNamed(row));
  expect(rows.filter((row) => !isNamed(row))).toEqual(others);
});

test('the last limit that names a row decides; a step is the unit that its changes are weighed by', () => {
  const [lever] = withLimits(
    sampleLevers().filter(({ parameter_name }) => parameter_name === 'cola_rate'),
    [
      { parameter_name: 'cola_rate', frozen: true },
      { parameter_name: 'cola_rate', job_levels: [1], low: 0.01, high: 0.03, step: 0.005 },
    ],
  );
  expect(lever).toMatchObject({ low: 0.01, high: 0.03, step: 0.005 });
});
