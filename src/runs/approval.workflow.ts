/** The decision on a converged run's levers: who may make it, reminders, delegation, and its end when nobody does. */
import { condition, isCancellation, setHandler } from '@temporalio/workflow';
import type { ApprovalRecord } from './approval.contract.js';
import type { ApprovalTerms } from './run-spec.js';
import { checkDecision, checkDelegation, entitled } from './approval-rules.workflow.js';
import type { ControlState } from './control-state.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import {
  approveUpdate,
  delegateUpdate,
  rejectUpdate,
  type Decision,
  type DecisionOutcome,
  type DelegationRequest,
} from './messages.workflow.js';
import { besides } from '../temporal/proxies.workflow.js';

export interface Verdict {
  readonly kind: 'approved' | 'rejected' | 'expired';
  /** Null: nobody decided in time. */
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: string;
}

/** The run that is decided on. */
export interface DecidedRun {
  readonly id: string;
  readonly state: ControlState;
  /** What its result says now; null before there is one. */
  applied(): DecisionOutcome['applied'] | null;
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
    const validator = (decision: Decision): void =>
      checkDecision(run.id, run.state, this.#isClosed, decision);
    setHandler(approveUpdate, (decision) => this.#decide('approved', decision), {
      description: 'Publish the levers: {by, comment}; not by who asked for the run.',
      validator,
    });
    setHandler(rejectUpdate, (decision) => this.#decide('rejected', decision), {
      description: 'Do not publish the levers: {by, comment}.',
      validator,
    });
    setHandler(delegateUpdate, (request) => this.#delegate(request), {
      description: 'Let somebody else decide as well: {by, to, comment}; by one of the approvers.',
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
    return { kind: 'expired', by: null, comment: null, at: iso(expiry) };
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

  async #decide(kind: 'approved' | 'rejected', { by, comment }: Decision): Promise<DecisionOutcome> {
    this.#verdict = { kind, by: by.trim(), comment: comment ?? null, at: iso(Date.now()) };
    // Null: a new execution has taken the run over and not yet written anew what is to be approved.
    const isWaiting = (): boolean => [null, 'pending'].includes(this.#run.applied());
    await condition(() => !isWaiting());
    return { applied: this.#run.applied() ?? 'pending' };
  }

  #delegate({ by, to, comment }: DelegationRequest): { approvers: string[] } {
    const made = { by: by.trim(), to: to.trim(), comment: comment ?? null, at: iso(Date.now()) };
    this.#run.state.approval?.delegations.push(made);
    this.#run.tell(`${made.by} lets ${made.to} decide as well.`);
    return { approvers: entitled(this.#run.state) ?? [] };
  }
}
