/** A stand-in for the simulator: today's levers of the sample and growth as a function of levers. */
import { PARAMETERS, type ParameterName } from '../../src/levers/catalogue.terms.js';
import type { TunableLever, TuningProblem } from '../../src/tuning/problem.js';
import { recordGrowth } from '../../src/tuning/one-target/record.js';
import { startTuning, type SimulateStep, type TuningState } from '../../src/tuning/one-target/state.js';
import { nextStep } from '../../src/tuning/one-target/step.js';

export const BASELINE_GROWTH = 3.8;
export const TUNED: readonly ParameterName[] = ['merit_base', 'cola_rate', 'new_hire_salary_adjustment'];

const TODAY: Record<ParameterName, readonly number[]> = {
  merit_base: [0.04, 0.03, 0.025, 0.02, 0.02],
  cola_rate: [0.02, 0.02, 0.02, 0.02, 0.02],
  promotion_probability: [0.12, 0.08, 0.05, 0.02, 0.01],
  promotion_raise: [0.12, 0.12, 0.12, 0.12, 0.12],
  new_hire_salary_adjustment: [1.16, 1.16, 1.16, 1.16, 1.16],
};

/** pp of mean growth per unit in all years and levels (measured), and its split over levels. */
const EFFECT: Record<ParameterName, number> = {
  merit_base: 64,
  cola_rate: 64,
  promotion_probability: 1,
  promotion_raise: 4,
  new_hire_salary_adjustment: 8,
};
const LEVEL_SHARE = [0.24, 0.26, 0.22, 0.18, 0.1];
const YEARS = [2025, 2026, 2027, 2028, 2029];

export const sampleLevers = (tune: readonly ParameterName[] = TUNED): TunableLever[] =>
  YEARS.flatMap((fiscal_year) =>
    LEVEL_SHARE.flatMap((share, index) =>
      tune.map((parameter_name) => {
        const { eventType, bounds, step } = PARAMETERS[parameter_name];
        return {
          scenario_id: 'default',
          fiscal_year,
          job_level: index + 1,
          event_type: eventType,
          parameter_name,
          value: TODAY[parameter_name][index]!,
          low: bounds[0],
          high: bounds[1],
          locked: false,
          step,
          sensitivity: (EFFECT[parameter_name] * share) / YEARS.length,
        };
      }),
    ),
  );

export const sampleProblem = (change: Partial<TuningProblem> = {}): TuningProblem => ({
  target: 2,
  tolerance: 0.1,
  max_iterations: 10,
  strategy: 'balanced',
  levers: sampleLevers(),
  ...change,
});

/** Growth, percent, as a function of the change that the sensitivities predict, pp. */
export type Response = (predicted: number) => number;

const linear = (predicted: number): number => BASELINE_GROWTH + predicted;

/** A fixed figure in −.5 … .5 for a number: the same levers always meet the same noise. */
const noise = (x: number): number => {
  const scrambled = Math.sin(x * 12.9898 + 1) * 43_758.5453;
  return scrambled - Math.floor(scrambled) - 0.5;
};

export const RESPONSES = {
  linear,
  'curved up 1.2 %': (x) => linear(x + 0.0012 * x ** 2),
  'curved down 2 %': (x) => linear(x - 0.002 * x ** 2),
  saturating: (x) => linear(8 * Math.tanh(x / 8)),
  'stepwise, below tolerance': (x) => linear(Math.round(x * 20) / 20),
  'noisy, below tolerance': (x) => linear(x + (x === 0 ? 0 : 0.1 * noise(x))),
} satisfies Record<string, Response>;

const keyOf = ({
  fiscal_year,
  job_level,
  parameter_name,
}: Omit<TunableLever, 'value'> | SimulateStep['levers'][number]) =>
  `${fiscal_year} ${job_level} ${parameter_name}`;

/** Measures a step on the company: the lever values that it carries are all that counts. */
export function measureStep(problem: TuningProblem, response: Response, step: SimulateStep): number {
  const values = new Map(step.levers.map((lever) => [keyOf(lever), lever.value]));
  const ordered = problem.levers.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const predicted = ordered.reduce(
    (total, lever) => total + lever.sensitivity * (values.get(keyOf(lever))! - lever.value),
    0,
  );
  return response(predicted);
}

export interface TunerRun {
  readonly state: TuningState;
  readonly steps: readonly SimulateStep[];
}

/** Runs to the end; `between` may replace the state before each step. */
export function runTuner(
  problem: TuningProblem,
  response: Response,
  between: (state: TuningState) => TuningState = (state) => state,
): TunerRun {
  let state = startTuning(problem, response(0));
  const steps: SimulateStep[] = [];
  for (;;) {
    state = between(state);
    const step = nextStep(state);
    if (step.kind === 'done') return { state, steps };
    steps.push(step);
    state = recordGrowth(state, step, measureStep(problem, response, step));
  }
}
