/** The gate before every move of levers: who asks for it by hand, or whose signed word a run brings along. */
import type { ApprovalRecord } from '../runs/approval.contract.js';
import { isSamePerson } from '../shared/contract/person.terms.js';
import { failure } from '../shared/errors/errors.js';
import type { LeverAction } from './lever-store.contract.js';
import { atHome, requireMayMove, type AskedMove, type Mover } from './move-policy.pure.js';
import { isSigned, type DecisionWord, type Signed, type StartWord } from './signed-word.js';

/** What is known of the run whose levers are to be published. */
export interface PublishingRun {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly requested_by: string;
  readonly scenario: string;
}

/** On whose word levers move. */
export type Warrant =
  | { readonly kind: 'person'; readonly mover: Mover; readonly asked: AskedMove | null }
  | {
      readonly kind: 'run';
      readonly run: PublishingRun;
      /** The decision; null where nobody was asked. */
      readonly approval: ApprovalRecord | null;
      /** Null: Temporal started the run, or took the decision, without the API or the command line. */
      readonly word: RunWord | null;
    };

export type RunWord = Signed<DecisionWord> | Signed<StartWord>;

export const byHand = (mover: Mover, asked: AskedMove | null = null): Warrant => ({
  kind: 'person',
  mover,
  asked,
});

/** Who stands as the mover in the history. */
export const moverOf = (warrant: Warrant): string =>
  warrant.kind === 'person' ? warrant.mover.user : (warrant.approval?.by ?? warrant.run.requested_by);

/**
 * @param home whose key the words of runs must be signed with
 * @throws MeritloopError MOVE_UNSIGNED where no valid word lets a run publish; and what the rule of moves refuses
 */
export async function requireWarrant(
  home: string,
  move: { readonly action: LeverAction; readonly scenario: string; readonly fingerprint: string },
  warrant: Warrant,
): Promise<void> {
  const { action } = move;
  if (warrant.kind === 'person') {
    requireMayMove({ action, mover: warrant.mover, asked: warrant.asked });
    return;
  }
  const { run, approval, word } = warrant;
  const known = word !== null && (await isKnown(home, move, run, approval, word));
  if (!known) throw failure('MOVE_UNSIGNED', { run: run.run_id, scenario: move.scenario });
  requireMayMove({
    action,
    mover: atHome(word.by),
    asked: 'verdict' in word ? askedOfRun(run, approval) : null,
  });
}

/** What a run asked for, as the rule sees it. */
export const askedOfRun = (
  { run_id, requested_by }: Pick<PublishingRun, 'run_id' | 'requested_by'>,
  approval: ApprovalRecord | null,
): AskedMove => ({
  of: 'run',
  id: run_id,
  requested_by,
  approvers:
    approval === null || approval.approvers === null
      ? null
      : [...approval.approvers, ...approval.delegations.map(({ to }) => to)],
  outcome: approval?.outcome ?? null,
});

/** The word is this home's, and speaks of this very move. */
async function isKnown(
  home: string,
  { scenario, fingerprint }: { readonly scenario: string; readonly fingerprint: string },
  run: PublishingRun,
  approval: ApprovalRecord | null,
  { signature, ...word }: RunWord,
): Promise<boolean> {
  if (!(await isSigned(home, word, signature)) || run.scenario !== scenario) return false;
  if ('verdict' in word)
    return (
      word.verdict === 'approved' &&
      approval?.by != null &&
      isSamePerson(approval.by, word.by) &&
      approval.asked_at === word.asked_at &&
      word.workflow_id === run.workflow_id &&
      word.lever_set === fingerprint
    );
  return approval === null && isStartOf(word, run);
}

/** Temporal adds the time of the start to the ids of a schedule's runs. */
export const isStartOf = (
  { workflow, each, by, scenario }: StartWord,
  run: Omit<PublishingRun, 'run_id'>,
): boolean =>
  scenario === run.scenario &&
  isSamePerson(by, run.requested_by) &&
  (run.workflow_id === workflow ||
    (each === 'run-of-schedule' && run.workflow_id.startsWith(`${workflow}-`)));
