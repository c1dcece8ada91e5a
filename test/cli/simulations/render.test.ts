/** The printed simulation and results show each year with units, and its parts. */
import { expect, test } from '@jest/globals';
import { renderResults, resultTable } from '../../../src/cli/simulations/render-results.js';
import { renderSimulation } from '../../../src/cli/simulations/render.js';
import { simulationProgressState } from '../../../src/cli/simulations/simulate-command.js';
import { PLAIN } from '../../../src/cli/render/style.js';
import { growthByYear } from '../../../src/tuning/measure.js';
import { summary } from '../runs/sample.js';

test('a simulation', () => {
  const text = renderSimulation({ summary, notes: ['the dbt engine stood in'], folder: '/home/x' }, PLAIN);
  expect(text).toBe(
    `
Simulation a1b2c3d4e5f60718a1b2c3d4e5f60718 · plan engine · 1,200 people in the census · 0.48 s

year      opening  hires  exits  promotions  closing  mean pay  growth
────────  ───────  ─────  ─────  ──────────  ───────  ────────  ──────
baseline                                       1,000  $100,000
2025        1,000    200    170          60    1,030  $104,000  4.00 %
2026        1,030    200    170          60    1,061  $106,080  2.00 %

growth from    raises  promotions     hires   leavers       sum
───────────  ────────  ──────────  ────────  ────────  ────────
2025         +5.10 pp    +0.60 pp  -1.80 pp  +0.10 pp  +4.00 pp
2026         +5.10 pp    +0.60 pp  -1.80 pp  +0.10 pp  +2.00 pp

Mean yearly growth of mean pay: 3.00 %
Note: the dbt engine stood in
Files: /home/x`.trimStart(),
  );
});

test('a stored simulation says that it was reused', () => {
  const text = renderSimulation(
    { summary: { ...summary, reused: true }, notes: [], folder: '/home/x' },
    PLAIN,
  );
  expect(text).toContain('stored before, reused');
});

test('results of one status count that status alone', () => {
  const choice = { metric: 'mean', statuses: ['new_hire_active', 'new_hire_active'] } as const;
  const table = resultTable(summary, choice, growthByYear(summary, choice), '/home/x');
  expect(table.years[0]).toMatchObject({
    people: 150,
    payroll: 12_080_000,
    by_status: { new_hire_active: 150 },
  });
  expect(table.years[0]?.mean_pay).toBeCloseTo(80_533.33, 2);
  expect(table.years[0]?.growth).toBeCloseTo(-19.4667, 4);
  expect(renderResults(table, PLAIN)).toBe(
    `
Simulation a1b2c3d4e5f60718a1b2c3d4e5f60718
Growth is the yearly change of mean pay; the first year compares with all baseline actives.

year      new_hire_active  people  mean pay       payroll    growth
────────  ───────────────  ──────  ────────  ────────────  ────────
baseline                    1,000  $100,000  $100,000,000
2025                  150     150   $80,533   $12,080,000  -19.47 %
2026                  150     150   $80,533   $12,080,000    0.00 %

Mean of the years: -9.73 %
Files: /home/x`.trimStart(),
  );
});

test('progress names the year and the model at work', () => {
  const state = simulationProgressState({
    year: 2027,
    years_done: 2,
    years_total: 5,
    years_reused: 1,
    model: 'int_terminations',
  });
  expect(state.lines).toEqual(['years ████████░░░░░░░░░░░░ 2 of 5, 1 reused', 'at 2027: int_terminations']);
  expect(state.news).toBe('2 of 5 years simulated, 1 reused');
});
