/** The schedules of assets that declare `on-cron`, made to match the declarations: what deployments call. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { materializeWorkflowId } from '../contract/run-id.js';
import type { AssetSpec } from '../graph/asset.js';

/** Schedules of other names are nobody's business here. */
const PREFIX = 'asset-cron/';
const CATCHUP_WINDOW_MS = 3_600_000;

export interface ReconcileReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Any number of times, by any number of deployments. A pause that somebody ordered stays. */
export async function reconcileAssetSchedules(
  client: Client,
  taskQueue: string,
  specs: Iterable<AssetSpec>,
): Promise<ReconcileReport> {
  const report = {
    created: [] as string[],
    updated: [] as string[],
    removed: [] as string[],
    unchanged: [] as string[],
  };
  const declared = new Set<string>();
  for (const { key, automation } of specs) {
    if (automation?.kind !== 'on-cron') continue;
    declared.add(key);
    report[await declare(client, taskQueue, key, automation.cron)].push(key);
  }
  for await (const { scheduleId } of client.schedule.list()) {
    const key = scheduleId.slice(PREFIX.length);
    if (!scheduleId.startsWith(PREFIX) || declared.has(key)) continue;
    await client.schedule.getHandle(scheduleId).delete();
    report.removed.push(key);
  }
  return report;
}

async function declare(
  client: Client,
  taskQueue: string,
  key: string,
  cron: string,
): Promise<'created' | 'updated' | 'unchanged'> {
  const scheduleId = `${PREFIX}${key}`;
  const spec = { cronExpressions: [cron] };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: 'materializeAssets',
    workflowId: materializeWorkflowId(`cron-${key}`),
    taskQueue,
    args: [{ select: `key:"${key}"` }],
    // Temporal keeps the times that an expression stands for, not the expression.
    memo: { cron },
  };
  try {
    await client.schedule.create({
      scheduleId,
      spec,
      action,
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCHUP_WINDOW_MS },
    });
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  const handle = client.schedule.getHandle(scheduleId);
  const { action: standing } = await handle.describe();
  if (standing.taskQueue === taskQueue && standing.memo?.['cron'] === cron) return 'unchanged';
  await handle.update((previous) => ({ ...previous, spec, action }));
  return 'updated';
}
