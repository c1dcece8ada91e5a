/** The order of steps, the stops, and what a caller may do in between. */
import { recordGrowth } from '../../../src/tuning/one-target/record.js';
import { setMaxIterations, startTuning, stopTuning } from '../../../src/tuning/one-target/state.js';
import { boundSteps, nextStep } from '../../../src/tuning/one-target/step.js';
import { summarise } from '../../../src/tuning/one-target/summary.js';
import {
  BASELINE_GROWTH,
  measureStep,
  RESPONSES,
  runTuner,
  sampleLevers,
  sampleProblem,
} from '../sample-company.js';

const { linear } = RESPONSES;
const bent = (x: number): number => BASELINE_GROWTH + 8 * Math.tanh(x / 8);

test('the low bound comes first, then the high one, then candidates', () => {
  const { steps } = runTuner(sampleProblem(), linear);
  expect(steps.map((step) => step.role)).toEqual(['low', 'high', 'candidate']);
  expect(steps.every((step) => step.levers.length === 75)).toBe(true);
});

test('both bounds may be simulated at once and recorded in either order', () => {
  const problem = sampleProblem();
  const start = startTuning(problem, BASELINE_GROWTH);
  const record = (order: 'asked' | 'reversed') =>
    (order === 'asked' ? boundSteps(start) : boundSteps(start).toReversed()).reduce(
      (state, step) => recordGrowth(state, step, measureStep(problem, linear, step)),
      start,
    );
  expect(boundSteps(start).map((step) => step.role)).toEqual(['low', 'high']);
  expect(nextStep(record('reversed'))).toEqual(nextStep(record('asked')));
  expect(boundSteps(record('asked'))).toEqual([]);
});

test('a stop before anything was found keeps the closest trial', () => {
  const { state } = runTuner(sampleProblem(), linear, (now) =>
    now.trials.length === 2 ? stopTuning(now) : now,
  );
  expect(nextStep(state)).toEqual({ kind: 'done', verdict: 'cancelled', reason: 'stopped' });
  expect(summarise(state)).toMatchObject({
    best: { role: 'baseline' },
    attainable_growth: null,
    recommendations: [{ code: 'RUN_AGAIN' }],
  });
});

test('a result that comes in after the stop still counts', () => {
  const problem = sampleProblem({ tolerance: 0.001, target: 6 });
  const { state } = runTuner(problem, bent, (now) => (now.trials.length === 4 ? stopTuning(now) : now));
  const asked = nextStep({ ...state, stopped: false });
  if (asked.kind === 'done') throw new Error('the tuner should have asked for another candidate');
  const late = recordGrowth(state, asked, 6);
  expect(nextStep(late)).toMatchObject({ kind: 'done', verdict: 'converged' });
});

test('stopping a run that is done changes nothing', () => {
  const { state } = runTuner(sampleProblem({ target: 20 }), linear);
  expect(nextStep(stopTuning(state))).toMatchObject({ verdict: 'infeasible' });
});

test('more iterations may be allowed after they ran out, and the run goes on', () => {
  const problem = sampleProblem({ tolerance: 0.001, target: 6, max_iterations: 1 });
  const { state } = runTuner(problem, bent);
  expect(nextStep(state)).toMatchObject({ verdict: 'not_converged', reason: 'max_iterations' });
  expect(nextStep(setMaxIterations(state, 2))).toMatchObject({ kind: 'simulate', role: 'candidate' });
});

test('levers that lower growth when raised are tuned towards the other corner', () => {
  const { state } = runTuner(sampleProblem({ target: 2 }), (x) => BASELINE_GROWTH - x);
  expect(summarise(state)).toMatchObject({ verdict: 'converged' });
});

test.each([
  { name: 'a bound recorded twice', role: 'low' as const, t: null },
  { name: 'a candidate outside the bracket', role: 'candidate' as const, t: 1.5 },
])('refuses $name', ({ role, t }) => {
  const { state } = runTuner(sampleProblem(), linear);
  const step = { kind: 'simulate' as const, role, t, levers: [] };
  expect(() => recordGrowth(state, step, 2)).toThrow(expect.objectContaining({ code: 'UNEXPECTED' }));
});

test('refuses growth that is no number', () => {
  expect(() => startTuning(sampleProblem(), Number.NaN)).toThrow('the baseline simulation gave growth NaN');
});

test.each([
  {
    name: 'a row given twice',
    levers: [...sampleLevers(), sampleLevers()[0]!],
    message: 'must be given once',
  },
  {
    name: 'crossed bounds',
    levers: [{ ...sampleLevers()[0]!, low: 0.2 }],
    message: 'must not exceed high 0.1',
  },
  {
    name: 'a value that is no number',
    levers: [{ ...sampleLevers()[0]!, value: NaN }],
    message: 'finite number',
  },
  { name: 'a step of zero', levers: [{ ...sampleLevers()[0]!, step: 0 }], message: 'greater than 0' },
])('refuses $name', ({ levers, message }) => {
  expect(() => startTuning(sampleProblem({ levers }), 3)).toThrow(message);
});
