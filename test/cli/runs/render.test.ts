/** The printed run: verdict, iterations, levers by level and span of years, chart, and where to look next. */
import { expect, test } from '@jest/globals';
import { renderOptimization } from '../../../src/cli/runs/render.js';
import { runProgressState } from '../../../src/cli/runs/render-progress.js';
import { PLAIN } from '../../../src/cli/render/style.js';
import type { RunProgress } from '../../../src/runs/optimization.contract.js';
import { result } from './sample.js';

const growth = { '2025': 3.06, '2026': 1 };
const report = {
  result,
  growth,
  notes: [],
  url: 'http://127.0.0.1:8233/x',
  folder: '/home/x',
  report: '/home/r/report.md',
};

test('a converged run', () => {
  expect(renderOptimization({ ...report, notes: ['the dbt engine stood in'] }, PLAIN)).toBe(
    `
Converged: growth 2.03 % for a target of 2.00 % (gap -0.03 pp, tolerance 0.10 pp)
Attainable with all levers moved together: 0.12 % to 14.48 %
Run 20250131T093000Z-4f2a9c: 1 iteration · simulations: 3 run, 1 reused · plan engine · 2.10 s

Iterations
iteration  growth       gap    time  simulation
─────────  ──────  ────────  ──────  ────────────
baseline   3.00 %  -1.00 pp
1 (kept)   2.03 %  -0.03 pp  0.31 s  b2c3d4e5f607

Levers, before → after
level  years                       merit_base  new_hire_salary_adjustment
─────  ─────────  ───────────────────────────  ──────────────────────────
1      2025–2026              4.00 % → 2.31 %           1.160 x → 1.100 x
2      2025                   3.00 % (locked)
2      2026       3.00 % → 1.00 % (low bound)
Locked rows, left as they are: 1

Growth by year with these levers
2025  ██████████████████████████┃█████████████    3.06 %
2026  █████████████             ┃                 1.00 %
                                ┃ target 2.00 %

Recommendations
- merit_base averages below 0.02.

Note: the dbt engine stood in

Levers:     set 0123456789ab, stored; the current one is unchanged (--apply never)
Simulation: /home/x
Report:     /home/r/report.md
Run:        http://127.0.0.1:8233/x`.trimStart(),
  );
});

test('an every-year run names the worst year’s gap and each year’s range', () => {
  const attainable_by_year: Record<string, [number, number]> = { '2025': [0.5, 18.2], '2026': [-1, 17] };
  const text = renderOptimization({ ...report, result: { ...result, attainable_by_year } }, PLAIN);
  expect(text).toContain('(gap of the worst year -0.03 pp, tolerance 0.10 pp)');
  expect(text).toContain('given the years before: 2025 0.50 % to 18.20 %, 2026 -1.00 % to 17.00 %');
});

test.each([
  ['infeasible', 'Infeasible: growth 2.03 %', 'Closest levers, before → after'],
  ['not_converged', 'Not converged: growth 2.03 %', 'Levers, before → after'],
  ['cancelled', 'Cancelled: growth 2.03 %', 'Levers, before → after'],
] as const)('%s', (status, headline, levers) => {
  const text = renderOptimization({ ...report, result: { ...result, status } }, PLAIN);
  expect(text).toContain(headline);
  expect(text).toContain(levers);
  expect(text).toContain('Attainable with all levers moved together: 0.12 % to 14.48 %');
});

test.each([
  ['applied', 'set 0123456789ab is now the current one'],
  ['rejected', 'set 0123456789ab was rejected; the current one is unchanged'],
  ['pending', 'set 0123456789ab waits: meritloop runs approve 20250131T093000Z-4f2a9c --by WHO'],
] as const)('levers that are %s', (applied, text) => {
  expect(renderOptimization({ ...report, result: { ...result, applied } }, PLAIN)).toContain(text);
});

test('a fine tolerance shows the digits that it needs', () => {
  const fine = { ...result, tolerance: 0.001, final_growth: 2.0004, final_gap: -0.0004 };
  expect(renderOptimization({ ...report, result: fine }, PLAIN)).toContain(
    'growth 2.0004 % for a target of 2.0000 % (gap -0.0004 pp, tolerance 0.0010 pp)',
  );
});

test('progress shows the phase, the trials and what is at work', () => {
  const progress: RunProgress = {
    run_id: 'r1',
    phase: 'iterating',
    iteration: 2,
    max_iterations: 10,
    target_growth: 2,
    tolerance: 0.1,
    growth: 2.3,
    gap: -0.3,
    history: [
      { label: 'baseline', growth: 3, gap: -1 },
      { label: 'iteration 1', growth: 2.3, gap: -0.3 },
    ],
    simulations_run: 2,
    engine: 'plan',
    notes: [],
  };
  const state = runProgressState(progress, { at: '2027: int_raises', expected: 0.5 });
  expect(state.lines).toEqual([
    '  baseline     growth 3.00 %  gap -1.00 pp',
    '  iteration 1  growth 2.30 %  gap -0.30 pp',
    'run r1 · iteration 2 of at most 10 · target 2.00 % · growth 2.30 %, gap -0.30 pp',
    'at 2027: int_raises',
    'expected: about 0.50 s more',
  ]);
  expect(state.news).toBe('iteration 2 of at most 10 · iteration 1: growth 2.30 %, gap -0.30 pp');
  const done = runProgressState({ ...progress, phase: 'done' }, { at: undefined, expected: 0.5 });
  expect(done.lines.at(-1)).toBe('run r1 · done · target 2.00 % · growth 2.30 %, gap -0.30 pp');
  const waiting = runProgressState(
    { ...progress, phase: 'waiting_for_approval' },
    { at: undefined, expected: undefined },
  );
  expect(waiting.news).toContain('decide: meritloop runs approve r1 --by WHO');
});

const figures = (value: number) => ({ p10: value - 0.25, p50: value, p90: value + 0.25 });
const uncertainty = {
  tuning_seeds: [42, 43],
  evaluation_seeds: [1042, 1043, 1044, 1045],
  growth: figures(2),
  probability_within_tolerance: 0.75,
  years: [{ year: 2025, growth: figures(3), payroll: { p10: 1_000_000.4, p50: 1_500_000, p90: 2e6 } }],
  simulations: [],
};

test('a run over several seeds shows what unseen seeds make of its levers, by year', () => {
  const text = renderOptimization({ ...report, result: { ...result, uncertainty } }, PLAIN);
  expect(text).toContain('Converged: growth 2.03 % (mean over 2 seeds) for a target of 2.00 %');
  expect(text).toContain(
    `
Seeds that tuned nothing
Tuned on the mean over seeds 42–43; below are seeds 1042–1045.
Within 0.1 pp of the target: 3 of 4 seeds, a probability of 75 %.
Growth: P10 1.75 %, P50 2.00 %, P90 2.25 %.
year  growth P10     P50     P90  payroll P10         P50         P90
────  ──────────  ──────  ──────  ───────────  ──────────  ──────────
2025      2.75 %  3.00 %  3.25 %   $1,000,000  $1,500,000  $2,000,000
`,
  );
  expect(text).not.toContain('Growth by year with these levers');
});

test('a run over several seeds that was ended early says that nothing judged its levers', () => {
  const text = renderOptimization({ ...report, result: { ...result, uncertainty: null } }, PLAIN);
  expect(text).toContain('The run ended before its levers were judged on unseen seeds.');
});
