/** Activity `sendAlert`: says in the log, and to the configured address, that assets were not made. */
import type { ActivityDependencies } from '../ports.js';
import { postJson } from '../shared/webhook.js';

/** The JSON that is posted. */
export interface AssetAlert {
  readonly event: 'assets_not_made';
  readonly run_id: string;
  readonly workflow_id: string;
  /** Assets and partitions, counted. */
  readonly failed: number;
  readonly blocked: number;
  /** As `asset check`; the first hundred. */
  readonly failed_checks: readonly string[];
  /** The first failures, one text each. */
  readonly errors: readonly string[];
  /** Blocked steps with what blocks them; the first hundred. */
  readonly blocked_because: readonly string[];
}

export const sendAlert =
  ({ config, logger }: ActivityDependencies) =>
  async (alert: AssetAlert): Promise<void> => {
    const { run_id: run, failed, blocked } = alert;
    logger.error({ run, failed, blocked }, 'assets were not made');
    const { alertWebhook: address } = config;
    if (address !== undefined)
      await postJson({ address, what: 'the alert', variable: 'MERITLOOP_ALERT_WEBHOOK' }, alert);
  };
