/** What every strategy does on the way to one figure, beside the conformance suite. */
import type { Strategy } from '../../../src/runs/request.contract.js';
import { pathTo } from '../../../src/tuning/one-target/path.js';
import { orderedProblem } from '../../../src/tuning/problem.js';
import { recordGrowth } from '../../../src/tuning/one-target/record.js';
import { cornerValues } from '../../../src/tuning/knobs.js';
import { startTuning } from '../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../src/tuning/one-target/step.js';
import { summarise } from '../../../src/tuning/one-target/summary.js';
import {
  BASELINE_GROWTH,
  measureStep,
  RESPONSES,
  runTuner,
  sampleLevers,
  sampleProblem,
  type Response,
} from '../sample-company.js';

const linear: Response = RESPONSES.linear;

export function describeStrategy(strategy: Strategy): void {
  describe(`the ${strategy} strategy`, () => {
    test('measures both bounds and no candidate when the baseline is there already', () => {
      const { state, steps } = runTuner(sampleProblem({ strategy, target: BASELINE_GROWTH + 0.05 }), linear);
      expect(steps.map((step) => step.role)).toEqual(['low', 'high']);
      expect(summarise(state)).toMatchObject({
        verdict: 'converged',
        iterations: [],
        best: { iteration: 0 },
      });
    });

    test.each([20, -5])('calls %d %% infeasible with the nearest bound as closest levers', (target) => {
      const { state, steps } = runTuner(sampleProblem({ strategy, target }), linear);
      const summary = summarise(state);
      expect(steps).toHaveLength(2);
      expect(summary).toMatchObject({ verdict: 'infeasible', reason: 'outside_range', iterations: [] });
      expect(summary.best.role).toBe(target > 0 ? 'high' : 'low');
      expect(summary.binding).toHaveLength(75);
    });

    test.each([0.08, 0, -0.08])('takes the bound itself as answer for a target %d pp beyond it', (beyond) => {
      const top = summarise(runTuner(sampleProblem({ strategy, target: 20 }), linear).state).final_growth;
      const { state, steps } = runTuner(sampleProblem({ strategy, target: top + beyond }), linear);
      expect(steps).toHaveLength(2);
      expect(summarise(state)).toMatchObject({
        verdict: 'converged',
        best: { role: 'high', iteration: 1 },
        iterations: [{ iteration: 1, t: 1, growth: top }],
        simulations: 3,
      });
    });

    test('keeps the best and says why when growth jumps over the target', () => {
      const jump: Response = (predicted) => (predicted < -1 ? 1 : 4);
      const problem = sampleProblem({ strategy, max_iterations: 50 });
      const summary = summarise(runTuner(problem, jump).state);
      expect(summary).toMatchObject({
        verdict: 'not_converged',
        reason: 'lever_resolution',
        final_growth: 1,
      });
      expect(summary.iterations.length).toBeLessThan(30);
    });

    test('stops at max iterations with the best so far under noise far above the tolerance', () => {
      const rough: Response = (x) => BASELINE_GROWTH + x + Math.sin(x * 5000);
      const problem = sampleProblem({ strategy, tolerance: 0.001, max_iterations: 6 });
      const { state } = runTuner(problem, (x) => (x === 0 ? BASELINE_GROWTH : rough(x)));
      const summary = summarise(state);
      expect(summary).toMatchObject({ verdict: 'not_converged', reason: 'max_iterations' });
      expect(summary.iterations).toHaveLength(6);
      expect(Math.abs(summary.final_gap)).toBe(
        Math.min(...state.trials.map((trial) => Math.abs(2 - trial.growth))),
      );
    });

    test('converges though every sensitivity is unknown', () => {
      const levers = sampleLevers();
      const blind = levers.map((lever) => ({ ...lever, sensitivity: 0 }));
      const truth = sampleProblem({ levers });
      const problem = sampleProblem({ strategy, levers: blind });
      const summary = summarise(runTunerOn(problem, truth));
      expect(summary.verdict).toBe('converged');
      expect(summary.iterations.length).toBeLessThanOrEqual(6);
    });

    test('converges though rows said to have no effect are needed to get there', () => {
      const levers = sampleLevers();
      const mistaken = levers.map((lever) =>
        lever.parameter_name === 'merit_base' ? { ...lever, sensitivity: 0 } : lever,
      );
      const problem = sampleProblem({ strategy, target: 9, levers: mistaken });
      expect(summarise(runTunerOn(problem, sampleProblem({ levers }))).verdict).toBe('converged');
    });

    test.each(['low', 'high'] as const)('starts at today’s levers and ends in the %s corner', (side) => {
      const problem = orderedProblem(sampleProblem({ strategy }));
      const path = pathTo(problem, side, side === 'low' ? -1 : 1);
      expect(path.valuesAt(0)).toEqual(problem.levers.map((lever) => lever.value));
      expect(path.valuesAt(1)).toEqual(cornerValues(problem, side));
    });

    test('predicts growth in proportion to t', () => {
      const problem = orderedProblem(sampleProblem({ strategy }));
      const { valuesAt, predicted } = pathTo(problem, 'high', 1);
      for (const t of [0.1, 0.37, 0.5, 0.92]) {
        const values = valuesAt(t);
        const growth = problem.levers.reduce(
          (total, { sensitivity, value }, row) => total + sensitivity * (values[row]! - value),
          0,
        );
        expect(growth).toBeCloseTo(t * predicted!, 3);
      }
    });
  });
}

/** Runs the tuner on `problem` while the company answers by the sensitivities of `truth`. */
function runTunerOn(problem: ReturnType<typeof sampleProblem>, truth: ReturnType<typeof sampleProblem>) {
  let state = startTuning(problem, BASELINE_GROWTH);
  for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state)) {
    state = recordGrowth(state, step, measureStep(truth, linear, step));
  }
  return state;
}
