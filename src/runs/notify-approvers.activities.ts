/** Activity `notifyApprovers`: says in the log, and to the configured address, that a decision is awaited. */
import type { ApprovalRecord } from './approval.contract.js';
import type { ActivityDependencies } from '../ports.js';
import { postJson } from '../shared/webhook.js';

/** The JSON that is posted. */
export interface ApprovalNotice {
  readonly event: 'requested' | 'reminder';
  readonly run_id: string;
  readonly workflow_id: string;
  readonly scenario: string;
  readonly approval: ApprovalRecord;
}

export const notifyApprovers =
  ({ config, logger }: ActivityDependencies) =>
  async (notice: ApprovalNotice): Promise<void> => {
    const { run_id, event, approval } = notice;
    logger.info({ runId: run_id, event, approvers: approval.approvers }, 'a decision is awaited');
    const { approvalWebhook: address } = config;
    if (address === undefined) return;
    await postJson(
      { address, what: 'the notice to the approvers', variable: 'MERITLOOP_APPROVAL_WEBHOOK' },
      notice,
    );
  };
