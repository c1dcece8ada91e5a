/** What a run with several targets has come to: as the summary of a single target, and what became of each target. */
import type { LeverChange } from '../../runs/optimization.contract.js';
import type { TargetOutcome } from '../../targets/targets.contract.js';
import type { TuningSummary } from '../one-target/summary.js';
import { advise } from './advice.js';
import { isHeld } from '../problem.js';
import { bestIndex } from './merit.js';
import { outcomes } from './outcomes.js';
import type { ManyState, TargetTrial } from './state.js';
import { manyLeverValues, nextManyStep } from './step.js';

export type ManySummary = TuningSummary & { readonly targets: TargetOutcome[] };

function changesOf({ problem }: ManyState, best: TargetTrial): LeverChange[] {
  return problem.levers.map((lever, row) => {
    const after = best.values[row]!;
    const { scenario_id, fiscal_year, job_level, event_type, parameter_name, value: before } = lever;
    const bound = isHeld(lever) ? 'locked' : after >= lever.high ? 'high' : after <= lever.low ? 'low' : null;
    return { scenario_id, fiscal_year, job_level, event_type, parameter_name, before, after, bound };
  });
}

/** Growth stands beside the targets; its gaps are to the problem's growth target, which steers nothing. */
export function summariseMany(state: ManyState): ManySummary {
  const { problem, trials } = state;
  const index = bestIndex(state);
  const best = trials[index]!;
  const first = trials[0]!;
  const counted = trials.filter(({ role }) => role === 'candidate');
  const step = nextManyStep(state);
  const reason = step.kind === 'done' ? step.reason : null;
  const gapOf = ({ growth }: TargetTrial): number => problem.growth_target - growth;
  const changes = changesOf(state, best);
  const targets = outcomes(state);
  const growths = trials.filter(({ role }) => role !== 'candidate').map(({ growth }) => growth);
  return {
    verdict: step.kind === 'done' ? step.verdict : null,
    reason,
    best: {
      role: best.role,
      index,
      iteration: counted.indexOf(best) + 1,
      levers: manyLeverValues(state, best.values),
      growth: best.growth,
      simulation_id: best.simulation_id,
    },
    initial_growth: first.growth,
    initial_gap: gapOf(first),
    final_growth: best.growth,
    final_gap: gapOf(best),
    gap_reduction: gapOf(first) === 0 ? 1 : 1 - Math.abs(gapOf(best) / gapOf(first)),
    attainable_growth: growths.length === 3 ? [Math.min(...growths), Math.max(...growths)] : null,
    attainable_search: 'path',
    corners: 0,
    iterations: counted.map((trial, at) => ({
      iteration: at + 1,
      t: 1,
      growth: trial.growth,
      gap: gapOf(trial),
      growth_by_year: { ...trial.growth_by_year },
      levers: manyLeverValues(state, trial.values),
      simulation_id: trial.simulation_id,
      seconds: trial.seconds,
    })),
    simulations: trials.length,
    changes,
    binding: changes.flatMap(({ fiscal_year, job_level, parameter_name, bound }) =>
      bound === null ? [] : [{ fiscal_year, job_level, parameter_name, bound }],
    ),
    locked_rows_skipped: problem.levers.filter(({ locked }) => locked).length,
    recommendations: advise(reason, problem.max_iterations, targets, changes, {
      bySum: counted.filter(({ by_sum }) => by_sum === true).length,
      candidates: counted.length,
    }),
    targets,
  };
}
