/** How many iterations the tuner needs on responses like those measured on real samples. */
import { STRATEGIES } from '../../src/runs/request.contract.js';
import { summarise } from '../../src/tuning/one-target/summary.js';
import { BASELINE_GROWTH, runTuner, sampleLevers, sampleProblem, type Response } from './sample-company.js';

const TARGETS = Array.from({ length: 41 }, (_, index) => 0.4 + index * 0.25);
/** pp per pp²: the slope changes by 1–2 % over the range, in either direction. */
const BENDS = [-0.002, -0.001, 0.001, 0.002];

/** Iterations of every problem, fewest first; `known` is the share of the true sensitivity that was measured. */
function iterationCounts(tolerance: number, known: number): number[] {
  const levers = sampleLevers();
  const measured = levers.map((lever) => ({ ...lever, sensitivity: lever.sensitivity * known }));
  const counts = STRATEGIES.flatMap((strategy) =>
    BENDS.flatMap((bend) =>
      TARGETS.map((target) => {
        const response: Response = (x) => BASELINE_GROWTH + x / known + bend * (x / known) ** 2;
        const problem = sampleProblem({ strategy, target, tolerance, levers: measured });
        const { verdict, iterations } = summarise(runTuner(problem, response).state);
        expect(verdict).toBe('converged');
        return iterations.length;
      }),
    ),
  );
  return counts.toSorted((left, right) => left - right);
}

test.each([
  { tolerance: 0.1, known: 1, median: 1, most: 1 },
  { tolerance: 0.001, known: 1, median: 1, most: 1 },
  { tolerance: 0.1, known: 0.5, median: 1, most: 2 },
  { tolerance: 0.001, known: 0.5, median: 2, most: 3 },
])(
  '±$tolerance pp, sensitivities × $known: median $median, at most $most',
  ({ tolerance, known, median, most }) => {
    const counts = iterationCounts(tolerance, known);
    expect(counts[Math.floor(counts.length / 2)]).toBe(median);
    expect(counts.at(-1)).toBeLessThanOrEqual(most);
  },
);
