/** Simulates the candidates of a solver in this process: today's levers of a company with some rows replaced. */
import { withValues } from '../../src/levers/update-parameters.activities.js';
import type { LeverValue } from '../../src/runs/optimization.contract.js';
import type { ParameterName } from '../../src/levers/catalogue.terms.js';
import type { DetailedStatus, Metric, Strategy, TargetMode } from '../../src/runs/request.contract.js';
import type { LeverStore } from '../../src/levers/store.js';
import type { SimulationSpec, Simulator } from '../../src/simulation/simulator.js';
import { growthByYear, growthMeasure } from '../../src/tuning/measure.js';
import type { TuningProblem } from '../../src/tuning/problem.js';
import { recordGrowth } from '../../src/tuning/one-target/record.js';
import type { Corners } from './problems.js';
import { startTuning, type TuningState } from '../../src/tuning/one-target/state.js';
import { nextStep } from '../../src/tuning/one-target/step.js';
import { boxOf, tunableLevers } from '../../src/tuning/tunable-levers.js';

/** What a run tunes, and by which growth. */
export interface Goal {
  readonly target_mode: TargetMode;
  readonly metric: Metric;
  readonly statuses: readonly DetailedStatus[];
  readonly tune: readonly ParameterName[];
}

export interface TrialResult {
  /** Percent. */
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
  /** Part of a whole simulation: simulated years over planned years; 0 when it was found stored. */
  readonly work: number;
}

export interface CompanyTrials {
  readonly simulator: Simulator;
  readonly levers: LeverStore;
  readonly spec: SimulationSpec;
}

export const PROVENANCE = { run_id: 'bench', started_at: '2025-01-01T00:00:00Z' };

/** Simulates today's levers with `values` in place of theirs. */
export async function simulateValues(
  { simulator, levers, spec }: CompanyTrials,
  goal: Goal,
  values: readonly LeverValue[],
): Promise<TrialResult> {
  const rows = await levers.load(spec.levers);
  const set = await levers.save(withValues(rows, values, { ...PROVENANCE, scenario: spec.scenario }));
  const years = new Set<number>();
  const { summary } = await simulator.simulate(
    { ...spec, levers: set },
    { keep: 'summary', onProgress: ({ year, model }) => model === 'int_pay_year' && years.add(year) },
  );
  return {
    growth: growthMeasure(summary, goal),
    growth_by_year: growthByYear(summary, goal),
    work: summary.reused ? 0 : years.size / summary.years.length,
  };
}

export async function problemOf(
  { simulator, spec }: CompanyTrials,
  goal: Goal,
  asked: Pick<TuningProblem, 'target' | 'tolerance' | 'max_iterations'> & { readonly strategy: Strategy },
): Promise<TuningProblem> {
  const rows = await simulator.resolveLevers(spec);
  const sensitivities = await simulator.sensitivities(spec);
  const levers = tunableLevers(rows, sensitivities, { ...goal, years: spec.years });
  return { ...asked, target_mode: goal.target_mode, ...boxOf(goal, sensitivities), levers };
}

/** Runs the product's tuner; `work` counts simulations of the whole horizon beyond the baseline, both bounds included. */
export async function tune(
  company: CompanyTrials,
  goal: Goal,
  problem: TuningProblem,
): Promise<{ readonly state: TuningState; readonly work: number }> {
  const baseline = await simulateValues(company, goal, []);
  let state = startTuning(problem, baseline.growth, metaOf(baseline));
  let work = 0;
  for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state)) {
    const trial = await simulateValues(company, goal, step.levers);
    // The bounds were simulated before, to choose the targets.
    work += step.role === 'candidate' ? trial.work : 1;
    state = recordGrowth(state, step, trial.growth, metaOf(trial));
  }
  return { state, work };
}

const metaOf = ({ growth_by_year }: TrialResult) => ({ simulation_id: '', growth_by_year, seconds: 0 });

/** Growth of both bounds, percent, where one path leads from one to the other. */
export async function measureCorners(
  company: CompanyTrials,
  goalOf: (asked: { readonly target_mode: TargetMode }) => Goal,
): Promise<Record<'average' | 'final-year', Corners>> {
  const corners = async (target_mode: TargetMode): Promise<Corners> => {
    const goal = goalOf({ target_mode });
    const asked = { target: 0, tolerance: 1, max_iterations: 1, strategy: 'balanced' } as const;
    const { levers } = await problemOf(company, goal, asked);
    const at = async (side: 'low' | 'high'): Promise<number> => {
      const values = levers.map((lever) => ({ ...lever, value: lever[side] }));
      return (await simulateValues(company, goal, values)).growth;
    };
    return { low: await at('low'), high: await at('high') };
  };
  return { average: await corners('average'), 'final-year': await corners('final-year') };
}
