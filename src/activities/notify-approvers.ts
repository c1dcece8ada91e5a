/** Activity `notifyApprovers`: says in the log, and to the configured address, that a decision is awaited. */
import type { ApprovalRecord } from '../contract/approval.js';
import { failure } from '../errors.js';
import type { ActivityDependencies } from './ports.js';

/** The JSON that is posted. */
export interface ApprovalNotice {
  readonly event: 'requested' | 'reminder';
  readonly run_id: string;
  readonly workflow_id: string;
  readonly scenario: string;
  readonly approval: ApprovalRecord;
}

const PATIENCE_MS = 10_000;

export const notifyApprovers =
  ({ config, logger }: ActivityDependencies) =>
  async (notice: ApprovalNotice): Promise<void> => {
    const { run_id, event, approval } = notice;
    logger.info({ runId: run_id, event, approvers: approval.approvers }, 'a decision is awaited');
    const { approvalWebhook: address } = config;
    if (address === undefined) return;
    const response = await post(address, notice);
    if (!response.ok)
      throw failure('WEBHOOK_FAILED', { address: hostOf(address), detail: `status ${response.status}` });
  };

async function post(address: string, notice: ApprovalNotice): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw failure('WEBHOOK_FAILED', { address: hostOf(address), detail: String(error) }, error);
  }
}

/** The rest of the address may hold a secret. */
const hostOf = (address: string): string => new URL(address).host;
