/** Makes the levers of a finished run current, by hand: under the rule that holds for a decision on them. */
import type { Config } from '../config.js';
import { askedOfRun } from '../levers/gate.js';
import type { Mover } from '../levers/move-policy.pure.js';
import { moveLevers, type MadeLeverMove } from '../levers/moves.js';
import { failure } from '../shared/errors/errors.js';
import { digitsFor, percentText, pointsText } from '../shared/contract/figures.terms.js';
import type { OptimizationResult } from './optimization.contract.js';
import { createRunStore, isFailure } from './run-store.js';

export interface RunApplication {
  readonly run: string;
  readonly mover: Mover;
  /** The set that the mover saw as current; default: the one that is. */
  readonly expected?: string | undefined;
  readonly reason: string;
  /** True: also levers of a run that did not meet its target, as a second step after the refusal that says what they miss. */
  readonly anyway?: boolean | undefined;
}

/** @throws MeritloopError RUN_UNKNOWN, RUN_NOT_FINISHED, RUN_MISSED_TARGET, LEVERS_MOVED, and what the rule of moves refuses */
export async function applyRun(
  config: Config,
  { run, mover, expected, reason, anyway = false }: RunApplication,
): Promise<MadeLeverMove> {
  const runs = createRunStore(config.home);
  const [record, ending] = await Promise.all([runs.record(run), runs.ending(run)]);
  if (record === undefined) throw failure('RUN_UNKNOWN', { run });
  const { spec } = record;
  if (record.finished_at === null || ending === undefined || isFailure(ending) || spec === null)
    throw failure('RUN_NOT_FINISHED', { run, status: ending?.status ?? 'running' });
  const missed = missedTarget(ending);
  if (missed !== null && !anyway) throw failure('RUN_MISSED_TARGET', { run, status: ending.status, missed });
  const asked = askedOfRun(ending, ending.approval ?? null);
  // A run that ended before it could ask names its approvers in its request alone.
  const approvers = asked.approvers ?? spec.approval?.approvers ?? null;
  return moveLevers(
    config,
    {
      scenario: spec.scenario,
      expected,
      action: 'publish',
      mover,
      asked: {
        ...asked,
        approvers,
        outcome: asked.outcome ?? (spec.approval === undefined ? null : 'pending'),
      },
      reason,
      run_id: run,
    },
    () =>
      Promise.resolve({
        fingerprint: ending.lever_set,
        notices: missed === null ? [] : [`The levers ${missed}.`],
      }),
  );
}

/** What the levers of a run do instead of meeting what was asked; null where they meet it. */
function missedTarget(result: OptimizationResult): string | null {
  const { status, targets, target_growth, final_growth, final_gap, tolerance } = result;
  if (status === 'converged') return null;
  if (targets != null) return `miss ${targets.filter(({ met }) => !met).length} of ${targets.length} targets`;
  const digits = digitsFor(tolerance);
  return `give ${percentText(final_growth, digits)} instead of ${percentText(target_growth, digits)}, a gap of ${pointsText(final_gap, digits)}`;
}
