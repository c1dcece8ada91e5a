/** What to do next: simulate a bound or a candidate, or be done. */
import type { LeverValue } from '../../runs/optimization.contract.js';
import type { SimulateStep } from '../one-target/state.js';
import type { DoneStep } from '../one-target/step.js';
import { bestIndex } from './merit.js';
import { isMet } from './problem.js';
import { boundValues } from './record.js';
import type { ManyState } from './state.js';

/** Several targets are tuned on measured effects: the corners of the box are no step of theirs. */
export type ManyStep = SimulateStep & { readonly role: Exclude<SimulateStep['role'], 'corner'> };

export const manyLeverValues = ({ problem }: ManyState, values: readonly number[]): LeverValue[] =>
  problem.levers.map(({ fiscal_year, job_level, parameter_name }, row) => ({
    fiscal_year,
    job_level,
    parameter_name,
    value: values[row]!,
  }));

const candidates = ({ trials }: ManyState): number =>
  trials.filter(({ role }) => role === 'candidate').length;

function allMet(state: ManyState): boolean {
  const { figures } = state.trials[bestIndex(state)]!;
  return state.problem.targets.every((target, index) => isMet(target, figures![index]!));
}

function decided(state: ManyState): ManyStep | DoneStep {
  const bound = (['low', 'high'] as const).find((side) => !state.trials.some(({ role }) => role === side));
  const simulate = (role: ManyStep['role'], values: readonly number[]): ManyStep => ({
    kind: 'simulate',
    role,
    t: null,
    levers: manyLeverValues(state, values),
  });
  if (bound !== undefined) return simulate(bound, boundValues(state, bound));
  const { decision } = state;
  if (decision === null || decision.kind === 'done')
    return decision ?? { kind: 'done', verdict: 'not_converged', reason: 'stopped' };
  if (candidates(state) >= state.problem.max_iterations)
    return { kind: 'done', verdict: 'not_converged', reason: 'max_iterations' };
  return simulate('candidate', decision.values);
}

/** Both bounds first, so that the attainable growth is always known; then what was decided after the last trial. */
export function nextManyStep(state: ManyState): ManyStep | DoneStep {
  const step = decided(state);
  if (!state.stopped || step.kind === 'done') return step;
  return allMet(state)
    ? { kind: 'done', verdict: 'converged', reason: 'within_tolerance' }
    : { kind: 'done', verdict: 'cancelled', reason: 'stopped' };
}
