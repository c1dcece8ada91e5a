/** Scheduled optimisation runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { optimizationRequest, type OptimizationRequestInput } from '../runs/request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { signStart } from '../runs/start-word.js';
import { optimizationWorkflowId, runIdOf, START_WORD } from '../runs/run-id.terms.js';
import { newSchedule, windowMs, type Overlap } from './schedule.contract.js';
import { failure } from '../shared/errors/errors.js';
import { onServer } from '../temporal/server-failures.js';
import {
  detailsOf,
  isInvalid,
  isRunSchedule,
  listingOf,
  OVERLAP_POLICIES,
  WORKFLOW,
  type ScheduleDetails,
  type ScheduleListing,
} from './schedule-views.client.js';

export interface NewSchedule {
  /** Five fields (six end with the year, seven begin with the second), `@daily`, or `@every 12h`. */
  readonly cron: string;
  /** IANA name; default UTC. */
  readonly timezone?: string | undefined;
  /** What becomes of a run that is due while the one before is open; default: it is skipped. */
  readonly overlap?: Overlap | undefined;
  /** Runs missed while the server was away this long or less are made up for: `30m`, `1h` (default), `2d`. */
  readonly catchupWindow?: string | undefined;
  readonly request?: OptimizationRequestInput | undefined;
  readonly note?: string | undefined;
}

/** What a trigger led to: the run that it started; none when one is open and the schedule skips or waits. */
export interface Triggered {
  readonly runId: string | undefined;
  readonly outcome: 'started' | 'skipped' | 'waiting';
}

export interface Schedules {
  /** @throws REQUEST_INVALID, SCHEDULE_EXISTS */
  create(name: string, schedule: NewSchedule): Promise<void>;
  /** A new schedule may take a moment to be listed. */
  list(): Promise<ScheduleListing[]>;
  /** @throws SCHEDULE_UNKNOWN, as do all that follow */
  show(name: string): Promise<ScheduleDetails>;
  /** Starts a run now, under the schedule's own overlap policy. */
  trigger(name: string): Promise<Triggered>;
  /** @param reason stands as the schedule's note until it is resumed */
  pause(name: string, reason?: string): Promise<void>;
  resume(name: string, note?: string): Promise<void>;
  /** Runs that it started stay. */
  delete(name: string): Promise<void>;
}

/** How long the server may take to act on a trigger. */
const TRIGGERED_WITHIN_MS = 10_000;

export interface SchedulesContext {
  readonly taskQueue: string;
  /** Named when the server is not reached. */
  readonly address: string;
  /** Whose key signs what a schedule may publish. */
  readonly home: string;
}

export function createSchedules(client: Client, { taskQueue, address, home }: SchedulesContext): Schedules {
  const schedules = schedulesOn(client, taskQueue, home);
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(address, call);
  return {
    create: (name, schedule) => ask(() => schedules.create(name, schedule)),
    list: () => ask(() => schedules.list()),
    show: (name) => ask(() => schedules.show(name)),
    trigger: (name) => ask(() => schedules.trigger(name)),
    pause: (name, reason) => ask(() => schedules.pause(name, reason)),
    resume: (name, note) => ask(() => schedules.resume(name, note)),
    delete: (name) => ask(() => schedules.delete(name)),
  };
}

function schedulesOn(client: Client, taskQueue: string, home: string): Schedules {
  const handle = (name: string) => client.schedule.getHandle(name);
  const find = async (name: string) => {
    try {
      const description = await handle(name).describe();
      if (isRunSchedule(description)) return description;
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
    throw failure('SCHEDULE_UNKNOWN', { schedule: name });
  };
  return {
    async create(name, { request = {}, catchupWindow, ...rest }) {
      const input = { name, catchup_window: catchupWindow, ...rest };
      const { cron, timezone, overlap, catchup_window, note } = parseRequest(newSchedule, input, 'schedule');
      parseRequest(optimizationRequest, request);
      const workflowId = optimizationWorkflowId(request.scenario ?? 'default', name);
      const word = await signStart(home, request, { workflow: workflowId, each: 'run-of-schedule' });
      try {
        await client.schedule.create({
          scheduleId: name,
          spec: { cronExpressions: [cron], timezone },
          action: {
            type: 'startWorkflow',
            workflowType: WORKFLOW,
            workflowId,
            taskQueue,
            args: [request],
            ...(word === undefined ? {} : { memo: { [START_WORD]: word } }),
          },
          policies: { overlap: OVERLAP_POLICIES[overlap], catchupWindow: windowMs(catchup_window) ?? 0 },
          // Temporal keeps the times that an expression stands for, not the expression.
          memo: { cron, timezone },
          ...(note === undefined ? {} : { state: { note } }),
        });
      } catch (error) {
        if (error instanceof ScheduleAlreadyRunning)
          throw failure('SCHEDULE_EXISTS', { schedule: name }, error);
        if (!isInvalid(error)) throw error;
        const rule = 'must be a cron expression such as 0 6 * * 1';
        throw failure('REQUEST_INVALID', { source: 'schedule', field: 'cron', value: cron, rule }, error);
      }
      // Only the server knows each time of an expression; until it is removed again, this one starts nothing.
      if (await everComes(client, name)) return;
      await handle(name).delete();
      throw failure('REQUEST_INVALID', {
        source: 'schedule',
        field: 'cron',
        value: cron,
        rule: 'must have a time that comes; no date fits all of its fields, such as February 30 or a year that is over',
      });
    },
    async list() {
      const found: ScheduleListing[] = [];
      for await (const summary of client.schedule.list())
        if (summary.action?.workflowType === WORKFLOW) found.push(listingOf(summary));
      return found.toSorted((left, right) => left.name.localeCompare(right.name));
    },
    show: async (name) => detailsOf(await find(name), await everComes(client, name)),
    async trigger(name) {
      const before = await find(name);
      await handle(name).trigger(before.policies.overlap);
      const deadline = Date.now() + TRIGGERED_WITHIN_MS;
      while (Date.now() < deadline) {
        const { info, raw } = await handle(name).describe();
        const latest = info.recentActions.at(-1);
        if (info.numActionsTaken > before.info.numActionsTaken && latest !== undefined)
          return { outcome: 'started', runId: runIdOf(latest.action.workflow.workflowId) };
        if (info.numActionsSkippedOverlap > before.info.numActionsSkippedOverlap)
          return { outcome: 'skipped', runId: undefined };
        // Every start passes through the buffer; it stays there only behind a run that is open.
        if (info.runningActions.length > 0 && Number(raw.info?.bufferSize ?? 0) > 0) break;
        await sleep(100);
      }
      return { outcome: 'waiting', runId: undefined };
    },
    async pause(name, reason) {
      await find(name);
      await handle(name).pause(reason);
    },
    async resume(name, note) {
      await find(name);
      await handle(name).unpause(note);
    },
    async delete(name) {
      await find(name);
      await handle(name).delete();
    },
  };
}

/** Long enough for every date that a calendar has: February 29 on a given weekday returns within 40 years. */
const EVER_YEARS = 45;

/** Whether any time of a schedule is still to come. */
async function everComes({ workflowService, options }: Client, name: string): Promise<boolean> {
  const from = Date.now();
  const { startTime } = await workflowService.listScheduleMatchingTimes({
    namespace: options.namespace,
    scheduleId: name,
    startTime: msToTs(from),
    endTime: msToTs(from + EVER_YEARS * 365.25 * 24 * 3_600_000),
  });
  return (startTime ?? []).length > 0;
}
