/** Scheduled optimisation runs. */
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  isGrpcServiceError,
  type Client,
} from '@temporalio/client';
import { optimizationRequest, RUN_ID, type OptimizationRequestInput } from '../contract/request.js';
import { brokenRule } from '../contract/rule.js';
import { optimizationWorkflowId, runIdOf } from '../contract/run-id.js';
import { failure } from '../errors.js';

const WORKFLOW = 'compensationOptimizationLoop';
/** Runs missed while the server was away this long or less are made up for, one at a time. */
const CATCH_UP = '1 hour';
const INVALID_ARGUMENT = 3;

export interface NewSchedule {
  /** Five-field cron expression. */
  readonly cron: string;
  /** IANA name; default UTC. */
  readonly timezone?: string;
  readonly request?: OptimizationRequestInput;
  readonly note?: string;
}

export interface ScheduleListing {
  readonly name: string;
  readonly paused: boolean;
  readonly note: string | undefined;
  /** ISO 8601. */
  readonly next: readonly string[];
  /** Run ids, the latest last. */
  readonly recent: readonly string[];
}

/** A run that is still open when the next is due lets that one pass. */
export interface Schedules {
  /** @throws REQUEST_INVALID, SCHEDULE_EXISTS */
  create(name: string, schedule: NewSchedule): Promise<void>;
  list(): Promise<ScheduleListing[]>;
  /** @throws SCHEDULE_UNKNOWN */
  show(name: string): Promise<ScheduleListing>;
  /** Starts a run now. */
  trigger(name: string): Promise<void>;
  pause(name: string, note?: string): Promise<void>;
  resume(name: string, note?: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export function createSchedules(client: Client, taskQueue: string): Schedules {
  const known = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ScheduleNotFoundError)
        throw failure('SCHEDULE_UNKNOWN', { schedule: name }, error);
      throw error;
    }
  };
  const handle = (name: string) => client.schedule.getHandle(name);
  return {
    async create(name, { cron, timezone, request = {}, note }) {
      checkSchedule(name, request);
      try {
        await client.schedule.create({
          scheduleId: name,
          spec: { cronExpressions: [cron], ...(timezone === undefined ? {} : { timezone }) },
          action: {
            type: 'startWorkflow',
            workflowType: WORKFLOW,
            workflowId: optimizationWorkflowId(request.scenario ?? 'default', name),
            taskQueue,
            args: [request],
          },
          policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP },
          ...(note === undefined ? {} : { state: { note } }),
        });
      } catch (error) {
        if (error instanceof ScheduleAlreadyRunning)
          throw failure('SCHEDULE_EXISTS', { schedule: name }, error);
        throw isInvalid(error)
          ? refused('cron', cron, 'must be a cron expression such as 0 6 * * 1', error)
          : error;
      }
    },
    async list() {
      const found: ScheduleListing[] = [];
      for await (const { scheduleId, action, state, info } of client.schedule.list())
        if (action?.workflowType === WORKFLOW) found.push(listing(scheduleId, { state, info }));
      return found.toSorted((left, right) => left.name.localeCompare(right.name));
    },
    show: (name) => known(name, async () => listing(name, await handle(name).describe())),
    trigger: (name) => known(name, () => handle(name).trigger()),
    pause: (name, note) => known(name, () => handle(name).pause(note)),
    resume: (name, note) => known(name, () => handle(name).unpause(note)),
    delete: (name) => known(name, () => handle(name).delete()),
  };
}

interface Described {
  readonly state: { readonly paused: boolean; readonly note?: string };
  readonly info?: {
    readonly recentActions?: readonly {
      readonly action: { readonly workflow: { readonly workflowId: string } };
    }[];
    readonly nextActionTimes?: readonly Date[];
  };
}

const listing = (name: string, { state, info }: Described): ScheduleListing => ({
  name,
  paused: state.paused,
  note: state.note === '' ? undefined : state.note,
  next: (info?.nextActionTimes ?? []).map((time) => time.toISOString()),
  recent: (info?.recentActions ?? []).map(({ action }) => runIdOf(action.workflow.workflowId)),
});

function checkSchedule(name: string, request: OptimizationRequestInput): void {
  if (!RUN_ID.test(name)) throw refused('name', name, 'must be letters, digits, dot, dash or underscore');
  const parsed = optimizationRequest.safeParse(request);
  if (!parsed.success)
    throw failure('REQUEST_INVALID', {
      source: 'request',
      ...brokenRule(optimizationRequest, parsed.error, request),
    });
}

const refused = (field: string, value: string, rule: string, cause?: unknown): Error =>
  failure('REQUEST_INVALID', { source: 'schedule', field, value, rule }, cause);

/** The SDK refuses what is no cron expression with a TypeError, the server what it cannot read with a status. */
const isInvalid = (error: unknown): boolean => {
  if ((error as Error).name === 'TypeError') return true;
  const cause = isGrpcServiceError(error) ? error : (error as { cause?: unknown }).cause;
  return isGrpcServiceError(cause) && cause.code === INVALID_ARGUMENT;
};
