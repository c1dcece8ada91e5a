/** Signs a decision with the key of the home, about the levers that the run shows now. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { sign, type DecisionWord } from '../levers/signed-word.js';
import { onceMore } from '../temporal/server-failures.js';
import {
  progressQuery,
  resultQuery,
  type Decision,
  type DelegationRequest,
  type SignedDecision,
} from './messages.workflow.js';

export type SignedVerdict = DecisionWord['verdict'];

interface Waiting {
  readonly home: string;
  readonly handle: WorkflowHandle;
  readonly workflowId: string;
}

const LOOK_AGAIN_MS = 100;
const LOOKS = 100;

/** The decision itself where the run waits for none: the run says why it takes none. */
export async function signDecision<Asked extends Decision>(
  { home, handle, workflowId }: Waiting,
  verdict: SignedVerdict,
  decision: Asked,
): Promise<SignedDecision<Asked>> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { approval, phase } = await onceMore(() => handle.query(progressQuery));
    if (approval == null || phase !== 'waiting_for_approval') return decision;
    const result = await onceMore(() => handle.query(resultQuery));
    if (result !== null) {
      const { signature } = await sign(home, {
        verdict,
        workflow_id: workflowId,
        asked_at: approval.asked_at,
        lever_set: result.lever_set,
        by: textOf(decision.by),
        comment: decision.comment ?? null,
        to: isDelegation(decision) ? textOf(decision.to) : null,
      });
      return { ...decision, signature };
    }
    // A new execution has taken the run over, and has not yet written what is to be decided on.
    await sleep(LOOK_AGAIN_MS);
  }
  return decision;
}

/** What is no text is for the run to refuse, with the rule. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const isDelegation = (decision: Decision): decision is DelegationRequest => 'to' in decision;
