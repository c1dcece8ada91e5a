/** The schedules of assets that declare `on-cron`, made to match the declarations: what deployments call. */
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
} from '@temporalio/client';
import { materializeWorkflowId } from '../../runs/run-id.terms.js';
import type { AssetSpec } from '../graph/asset.js';
import type { JsonObject } from '../graph/fingerprint.js';

/** Schedules of other names, and of other task queues, are nobody's business here. */
const prefixOf = (taskQueue: string): string => `asset-cron/${taskQueue}/`;
const CATCHUP_WINDOW_MS = 3_600_000;

export interface ReconcileReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

export interface ReconcileOptions {
  /** New schedules start nothing until somebody lets them. */
  readonly paused: boolean;
  /** What the runs are asked; absent: as it was, or every default. */
  readonly config?: JsonObject;
}

export interface AssetSchedule {
  readonly asset: string;
  readonly cron: string;
  readonly paused: boolean;
  readonly note: string | null;
  /** ISO 8601 UTC; null while it is paused. */
  readonly next: string | null;
}

export const OFF_NOTE = 'declared by the asset; `meritloop assets automate on` lets it start runs';

type Declared = Pick<AssetSpec, 'key' | 'automation'>;

/** Any number of times, by any number of deployments. A pause that somebody ordered stays. */
export async function reconcileAssetSchedules(
  client: Client,
  taskQueue: string,
  specs: Iterable<Declared>,
  options: ReconcileOptions = { paused: true },
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
    report[await declare(client, taskQueue, { key, cron: automation.cron }, options)].push(key);
  }
  const prefix = prefixOf(taskQueue);
  for await (const { scheduleId } of client.schedule.list()) {
    const key = scheduleId.slice(prefix.length);
    if (!scheduleId.startsWith(prefix) || declared.has(key)) continue;
    await client.schedule.getHandle(scheduleId).delete();
    report.removed.push(key);
  }
  return report;
}

interface Declaration {
  readonly key: string;
  readonly cron: string;
}

async function declare(
  client: Client,
  taskQueue: string,
  { key, cron }: Declaration,
  { paused, config }: ReconcileOptions,
): Promise<'created' | 'updated' | 'unchanged'> {
  const scheduleId = `${prefixOf(taskQueue)}${key}`;
  const spec = { cronExpressions: [cron] };
  const actionOf = (wanted: JsonObject) => ({
    type: 'startWorkflow' as const,
    workflowType: 'materializeAssets',
    workflowId: materializeWorkflowId(`cron-${key}`),
    taskQueue,
    // What it reads comes first where it is due: a run by the clock must not stop at something stale.
    args: [{ select: `+"${key}"`, config: wanted }],
    // Temporal keeps the times that an expression stands for, not the expression.
    memo: { cron, config: wanted },
  });
  try {
    await client.schedule.create({
      scheduleId,
      spec,
      action: actionOf(config ?? {}),
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCHUP_WINDOW_MS },
      state: paused ? { paused, note: OFF_NOTE } : {},
    });
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  const handle = client.schedule.getHandle(scheduleId);
  const { action: standing } = await handle.describe();
  const known = (standing.memo?.['config'] ?? {}) as JsonObject;
  const wanted = config ?? known;
  const isSame =
    standing.taskQueue === taskQueue &&
    standing.memo?.['cron'] === cron &&
    JSON.stringify(known) === JSON.stringify(wanted);
  if (isSame) return 'unchanged';
  await handle.update((previous) => ({ ...previous, spec, action: actionOf(wanted) }));
  return 'updated';
}

/** Lets the schedules of these assets start runs, or keeps them from it. */
export async function pauseAssetSchedules(
  client: Client,
  taskQueue: string,
  keys: readonly string[],
  paused: boolean,
): Promise<void> {
  for (const key of keys) {
    const handle = client.schedule.getHandle(`${prefixOf(taskQueue)}${key}`);
    await (paused ? handle.pause(OFF_NOTE) : handle.unpause('turned on'));
  }
}

/** In the order of the keys; those that no deployment has declared yet are left out. */
export async function listAssetSchedules(
  client: Client,
  taskQueue: string,
  keys: readonly string[],
): Promise<AssetSchedule[]> {
  const found: AssetSchedule[] = [];
  for (const key of keys) {
    try {
      const schedule = client.schedule.getHandle(`${prefixOf(taskQueue)}${key}`);
      const { action, state, info } = await schedule.describe();
      const cron = action.memo?.['cron'];
      found.push({
        asset: key,
        cron: typeof cron === 'string' ? cron : '',
        paused: state.paused,
        note: state.note ?? null,
        next: state.paused ? null : (info.nextActionTimes[0]?.toISOString() ?? null),
      });
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
  return found;
}
