/** The decision on a converged run's levers: who may make it, reminders, delegation, and its end when nobody does. */
import { condition, isCancellation, patched, setHandler } from '@temporalio/workflow';
import type { ApprovalRecord } from './approval.contract.js';
import type { OptimizationResult } from './optimization.contract.js';
import type { RunWord } from '../levers/gate.js';
import type { DecisionWord, Signed } from '../levers/signed-word.js';
import { failure } from '../shared/errors/errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import type { ApprovalTerms } from './run-spec.js';
import { checkDecision, checkDelegation, entitled } from './approval-rules.workflow.js';
import type { ControlState } from './control-state.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import {
  approveUpdate,
  delegateUpdate,
  rejectUpdate,
  type DecisionOutcome,
  type DelegationRequest,
  type SignedDecision,
} from './messages.workflow.js';
import { besides, brief } from '../temporal/proxies.workflow.js';

export interface Verdict {
  readonly kind: 'approved' | 'rejected' | 'expired';
  /** Null: nobody decided in time. */
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: string;
  /** What lets the levers be published; null unless approved, and from runs that were approved before there were any. */
  readonly word: RunWord | null;
}

/** The run that is decided on. */
export interface DecidedRun {
  readonly id: string;
  readonly state: ControlState;
  /** Its result as it stands; null before there is one. */
  result(): OptimizationResult | null;
  /** A line for whoever looks at the run. */
  tell(text: string): void;
}

const NO_TERMS: ApprovalTerms = { approvers: null, expires_ms: null, reminder_ms: null, notify: false };
const iso = (time: number): string => new Date(time).toISOString();

export class Approval {
  readonly #run: DecidedRun;
  #verdict: Verdict | undefined;

  constructor(run: DecidedRun) {
    this.#run = run;
    const validator = (decision: SignedDecision): void =>
      checkDecision(run.id, run.state, this.#isClosed, decision);
    setHandler(approveUpdate, (decision) => this.#decide('approved', decision), {
      description:
        'Publish the levers: {by, comment, signature}; not by who asked for the run. `meritloop runs approve` signs it.',
      validator,
    });
    setHandler(rejectUpdate, (decision) => this.#decide('rejected', decision), {
      description: 'Do not publish the levers: {by, comment, signature}.',
      validator,
    });
    setHandler(delegateUpdate, (request) => this.#delegate(request), {
      description: 'Let somebody else decide as well: {by, to, comment, signature}; by one of the approvers.',
      validator: (request) => checkDelegation(run.id, run.state, this.#isClosed, request),
    });
  }

  /** Null before anybody was asked. */
  get record(): ApprovalRecord | null {
    const { approval, spec } = this.#run.state;
    if (approval === undefined || spec === undefined) return null;
    const { approvers, expires_ms } = this.#terms;
    return {
      outcome: this.#verdict?.kind ?? 'pending',
      requested_by: spec.requested_by,
      asked_at: iso(approval.askedAt),
      expires_at: expires_ms === null ? null : iso(approval.askedAt + expires_ms),
      approvers: approvers === null ? null : [...approvers],
      delegations: approval.delegations,
      reminders: approval.reminders,
      by: this.#verdict?.by ?? null,
      at: this.#verdict?.at ?? null,
      comment: this.#verdict?.comment ?? null,
    };
  }

  /** Once, when the run begins to wait; an execution that takes it over finds it asked. */
  ask(): void {
    const { state } = this.#run;
    if (state.approval !== undefined) return;
    state.approval = { askedAt: Date.now(), delegations: [], reminders: [] };
    const { approvers, expires_ms, notify } = this.#terms;
    if (approvers !== null || expires_ms !== null) {
      const limit = expires_ms === null ? '' : `, until ${iso(state.approval.askedAt + expires_ms)}`;
      this.#run.tell(`Waits for approval by ${approvers?.join(' or ') ?? 'somebody else'}${limit}.`);
    }
    if (notify) this.#notify('requested');
  }

  /** Waits, durably, for a decision or the end of the time for it. Undefined: the run's history grew long meanwhile. */
  async decided(): Promise<Verdict | undefined> {
    const isReady = (): boolean => this.#verdict !== undefined || isHistoryLong();
    for (;;) {
      const { expiry, reminder } = this.#dates;
      const next = Math.min(expiry, reminder);
      if (next === Number.POSITIVE_INFINITY) await condition(isReady);
      else if (next > Date.now()) await condition(isReady, next - Date.now());
      if (isReady()) return this.#verdict;
      if (Date.now() >= expiry) return (this.#verdict = this.#expired(expiry));
      this.#remind();
    }
  }

  /** Also where the timer has not been heard yet: a decision may reach the worker before it, in the same breath. */
  get #isClosed(): boolean {
    return this.#verdict !== undefined || Date.now() >= this.#dates.expiry;
  }

  get #terms(): ApprovalTerms {
    return this.#run.state.spec?.approval ?? NO_TERMS;
  }

  get #dates(): { readonly expiry: number; readonly reminder: number } {
    const { askedAt = 0, reminders = [] } = this.#run.state.approval ?? {};
    const { expires_ms, reminder_ms } = this.#terms;
    return {
      expiry: expires_ms === null ? Number.POSITIVE_INFINITY : askedAt + expires_ms,
      reminder:
        reminder_ms === null ? Number.POSITIVE_INFINITY : askedAt + (reminders.length + 1) * reminder_ms,
    };
  }

  #expired(expiry: number): Verdict {
    this.#run.tell(`The time for approval ended at ${iso(expiry)}: the levers stay as they are.`);
    return { kind: 'expired', by: null, comment: null, at: iso(expiry), word: null };
  }

  #remind(): void {
    this.#run.state.approval?.reminders.push(iso(Date.now()));
    this.#run.tell(
      `Reminded at ${iso(Date.now())}: ${entitled(this.#run.state)?.join(', ') ?? 'approval is awaited'}.`,
    );
    this.#notify('reminder');
  }

  /** Nobody waits for it: an approver who cannot be told is no reason to hold the run, or to end it. */
  #notify(event: 'requested' | 'reminder'): void {
    const { record } = this;
    const { spec } = this.#run.state;
    if (record === null || spec === undefined) return;
    const { run_id, workflow_id, scenario } = spec;
    besides.notifyApprovers
      .executeWithOptions({ summary: `approval ${event}` }, [
        { event, run_id, workflow_id, scenario, approval: record },
      ])
      .catch((error: unknown) => {
        if (!isCancellation(error))
          this.#run.tell('The approvers could not be told; the log of the worker says why.');
      });
  }

  async #decide(kind: 'approved' | 'rejected', decision: SignedDecision): Promise<DecisionOutcome> {
    const word = await this.#verified(kind, decision, null);
    if (word !== null) this.#requireOpen();
    const { by, comment } = decision;
    this.#verdict = { kind, by: by.trim(), comment: comment ?? null, at: iso(Date.now()), word };
    // Null: a new execution has taken the run over and not yet written anew what is to be approved.
    const isWaiting = (): boolean => [null, 'pending'].includes(this.#run.result()?.applied ?? null);
    await condition(() => !isWaiting());
    return { applied: this.#run.result()?.applied ?? 'pending' };
  }

  async #delegate(request: SignedDecision<DelegationRequest>): Promise<{ approvers: string[] }> {
    const { by, to, comment } = request;
    const word = await this.#verified('delegated', request, to.trim());
    if (word !== null) this.#requireOpen();
    const made = { by: by.trim(), to: to.trim(), comment: comment ?? null, at: iso(Date.now()) };
    this.#run.state.approval?.delegations.push(made);
    this.#run.tell(`${made.by} lets ${made.to} decide as well.`);
    return { approvers: entitled(this.#run.state) ?? [] };
  }

  /**
   * The word as the home signed it, about this run, these levers and this asking.
   * @throws ActivityFailure DECISION_UNSIGNED
   */
  async #verified(
    verdict: DecisionWord['verdict'],
    { by, comment, signature = '' }: SignedDecision,
    to: string | null,
  ): Promise<Signed<DecisionWord> | null> {
    // Runs that were decided on before decisions were signed go on as they were.
    if (!patched('signed-decisions')) return null;
    const { id, state } = this.#run;
    // A new execution that has just taken the run over first writes anew what is to be decided on.
    await condition(() => this.#run.result() !== null);
    const word = {
      verdict,
      workflow_id: state.spec?.workflow_id ?? '',
      asked_at: iso(state.approval?.askedAt ?? 0),
      lever_set: this.#run.result()?.lever_set ?? '',
      by: by.trim(),
      comment: comment ?? null,
      to,
      signature,
    };
    await brief.verifyDecision.executeWithOptions({ summary: `whose word it is: ${verdict}` }, [
      { run_id: id, word },
    ]);
    return word;
  }

  /** Somebody else may have decided while a word was looked at. */
  #requireOpen(): void {
    const { id, state } = this.#run;
    if (this.#isClosed)
      throw toApplicationFailure(failure('RUN_NOT_WAITING', { run: id, phase: state.phase }));
  }
}
