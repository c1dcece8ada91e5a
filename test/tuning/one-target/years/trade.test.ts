/** Every-year mode trades levers between years: what is raised for good now, is not there to be raised later. */
import type { LeverValue } from '../../../../src/runs/optimization.contract.js';
import { STRATEGIES, type Strategy } from '../../../../src/runs/request.contract.js';
import type { TunableLever } from '../../../../src/tuning/problem.js';
import { recordGrowth } from '../../../../src/tuning/one-target/record.js';
import { startTuning, type SimulateStep, type TuningState } from '../../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../../src/tuning/one-target/step.js';
import { summarise } from '../../../../src/tuning/one-target/summary.js';

const YEARS = [2025, 2026, 2027, 2028];
const TODAY = 4;
/** pp of growth per unit; hire pay takes off next year what it brings this year. */
const MERIT = 100;
const HIRE = 10;

const leversOf = (isMeasured = true): TunableLever[] =>
  YEARS.flatMap((fiscal_year) => {
    const own = { scenario_id: 'default', fiscal_year, job_level: 1, locked: false };
    const told = (effect: number, echo: number) => ({
      sensitivity: isMeasured ? effect : 0,
      ...(isMeasured && {
        sensitivity_by_year: { [String(fiscal_year)]: effect, [String(fiscal_year + 1)]: echo },
      }),
    });
    return [
      {
        ...own,
        ...told(MERIT, 0),
        event_type: 'RAISE' as const,
        parameter_name: 'merit_base' as const,
        value: 0.03,
        low: 0.01,
        high: 0.1,
        step: 0.01,
      },
      {
        ...own,
        ...told(HIRE, -HIRE),
        event_type: 'HIRE' as const,
        parameter_name: 'new_hire_salary_adjustment' as const,
        value: 1.16,
        low: 1,
        high: 1.4,
        step: 0.1,
      },
    ];
  });

function growthOf(levers: readonly LeverValue[]): Record<string, number> {
  const moved = (year: number, name: string, from: number): number =>
    (levers.find((row) => row.fiscal_year === year && row.parameter_name === name)?.value ?? from) - from;
  const hires = (year: number): number => HIRE * moved(year, 'new_hire_salary_adjustment', 1.16);
  return Object.fromEntries(
    YEARS.map((year) => [
      String(year),
      TODAY + MERIT * moved(year, 'merit_base', 0.03) + hires(year) - hires(year - 1),
    ]),
  );
}

function tune(target: number, strategy: Strategy, isMeasured = true): TuningState {
  const meta = (levers: readonly LeverValue[]) => ({
    simulation_id: '',
    growth_by_year: growthOf(levers),
    seconds: 0,
  });
  const mean = (levers: readonly LeverValue[]): number =>
    Object.values(growthOf(levers)).reduce((sum, growth) => sum + growth, 0) / YEARS.length;
  let state = startTuning(
    {
      target,
      tolerance: 0.1,
      max_iterations: 10,
      strategy,
      target_mode: 'every-year',
      levers: leversOf(isMeasured),
    },
    mean([]),
    meta([]),
  );
  for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state))
    state = recordGrowth(state, step, mean(step.levers), meta(step.levers));
  return state;
}

const tradesOf = ({ trials }: TuningState): number => trials.filter(({ traded }) => traded === true).length;

/** Merit alone brings 7 pp; hire pay may add .6 pp a year for four years, or all of its 2.4 pp in the first. */
test.each([
  ['balanced', true],
  ['conservative', true],
  // Moves merit first, and so keeps hire pay for later anyway.
  ['aggressive', false],
] as const)('%s: hire pay is kept for the years that need it', (strategy, isTraded) => {
  const state = tune(TODAY + 7.5, strategy);
  const { verdict, iterations, best } = summarise(state);
  expect(verdict).toBe('converged');
  expect(iterations.length).toBeLessThanOrEqual(2);
  expect(tradesOf(state) > 0).toBe(isTraded);
  for (const growth of Object.values(growthOf(best.levers)))
    expect(Math.abs(growth - TODAY - 7.5)).toBeLessThanOrEqual(0.1);
});

test.each(STRATEGIES)('%s: what is out of reach however hire pay is spread stays infeasible', (strategy) => {
  const { verdict, recommendations } = summarise(tune(TODAY + 8, strategy));
  expect(verdict).toBe('infeasible');
  expect(recommendations.map(({ code }) => code)).toContain('YEAR_UNREACHABLE');
});

test.each(STRATEGIES)('%s: nothing is traded where each year can do by itself', (strategy) => {
  const state = tune(TODAY + 3, strategy);
  expect(summarise(state).verdict).toBe('converged');
  expect(tradesOf(state)).toBe(0);
});

test('nothing is traded where the effects of levers are not known', () => {
  expect(tradesOf(tune(TODAY + 7.5, 'balanced', false))).toBe(0);
});

test('a state that went through JSON after a trade goes on the same', () => {
  const state = tune(TODAY + 7.5, 'balanced');
  const traded = state.trials.findIndex((trial) => trial.traded === true);
  const cut: TuningState = { ...state, trials: state.trials.slice(0, traded + 1) };
  expect(nextStep(JSON.parse(JSON.stringify(cut)) as TuningState)).toEqual(nextStep(cut));
});

test('traded levers that were not asked for are refused', () => {
  const state = tune(TODAY + 3, 'balanced');
  const asked: SimulateStep = { kind: 'simulate', role: 'candidate', t: null, traded: true, levers: [] };
  expect(() =>
    recordGrowth(state, asked, 4, { simulation_id: '', growth_by_year: growthOf([]), seconds: 0 }),
  ).toThrow('did not ask for it');
});
