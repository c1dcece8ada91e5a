/** Schedules as other programs see them, made from what Temporal tells. */
import {
  isGrpcServiceError,
  ScheduleOverlapPolicy,
  type ScheduleDescription,
  type ScheduleSummary,
} from '@temporalio/client';
import type { OptimizationRequestInput } from '../runs/request.contract.js';
import { runIdOf } from '../runs/run-id.terms.js';
import { clockNotices, type Calendar } from './clock-notices.js';
import type { Overlap } from './schedule.contract.js';
import { wallText, wallTime } from './zone-clock.js';

export const WORKFLOW = 'compensationOptimizationLoop';

export const OVERLAP_POLICIES: Readonly<Record<Overlap, ScheduleOverlapPolicy>> = {
  skip: ScheduleOverlapPolicy.SKIP,
  'buffer-one': ScheduleOverlapPolicy.BUFFER_ONE,
  'allow-all': ScheduleOverlapPolicy.ALLOW_ALL,
  'cancel-other': ScheduleOverlapPolicy.CANCEL_OTHER,
};

export interface ScheduleListing {
  readonly name: string;
  /** As it was created; undefined for a schedule that another program made. */
  readonly cron: string | undefined;
  readonly timezone: string | undefined;
  readonly paused: boolean;
  readonly note: string | undefined;
  /** ISO 8601. */
  readonly next: readonly string[];
  /** The same on the clock of the schedule's own zone: `2027-03-14 02:30`. */
  readonly nextLocal: readonly string[];
  /** Run ids, the latest last. */
  readonly recent: readonly string[];
}

export interface ScheduleDetails extends ScheduleListing {
  /** In our words, or Temporal's own for a policy that we do not offer. */
  readonly overlap: string;
  readonly catchupSeconds: number;
  readonly request: OptimizationRequestInput;
  /** Run ids that are open now. */
  readonly running: readonly string[];
  readonly started: number;
  /** Passed over since another run was open. */
  readonly skipped: number;
  /** Due while the server was away for longer than the catch-up window. */
  readonly missed: number;
  /** What changes of the clock do to it within twelve months, and that it never starts anything. */
  readonly notices: readonly string[];
}

export const isRunSchedule = ({ action }: ScheduleDescription): boolean => action.workflowType === WORKFLOW;

type Described = Pick<ScheduleSummary, 'scheduleId' | 'memo' | 'state' | 'info'>;

export const listingOf = ({ scheduleId, memo, state, info }: Described): ScheduleListing => ({
  name: scheduleId,
  cron: textOf(memo?.['cron']),
  timezone: textOf(memo?.['timezone']),
  paused: state.paused,
  note: textOf(state.note),
  next: info.nextActionTimes.map((time) => time.toISOString()),
  nextLocal: info.nextActionTimes.map((time) =>
    wallText(wallTime(textOf(memo?.['timezone']) ?? 'UTC', time.getTime())),
  ),
  recent: info.recentActions.map(({ action }) => runIdOf(action.workflow.workflowId)),
});

/** @param comes whether any time will ever come */
export function detailsOf(description: ScheduleDescription, comes: boolean): ScheduleDetails {
  const { action, policies, info } = description;
  const [request] = action.args ?? [];
  return {
    ...listingOf(description),
    overlap:
      Object.entries(OVERLAP_POLICIES).find(([, policy]) => policy === policies.overlap)?.[0] ??
      String(policies.overlap),
    catchupSeconds: policies.catchupWindow / 1000,
    request: (request ?? {}) as OptimizationRequestInput,
    running: info.runningActions.map(({ workflow }) => runIdOf(workflow.workflowId)),
    started: info.numActionsTaken,
    skipped: info.numActionsSkippedOverlap,
    missed: info.numActionsMissedCatchupWindow,
    notices: noticesOf(description, comes),
  };
}

function noticesOf({ raw, memo }: ScheduleDescription, comes: boolean): string[] {
  if (!comes) return ['No time that fits ever comes: it starts nothing.'];
  const calendars = (raw.schedule?.spec?.structuredCalendar ?? []).map(calendarOf);
  return clockNotices(calendars, textOf(memo?.['timezone']) ?? 'UTC', new Date());
}

type RawCalendar = NonNullable<
  NonNullable<NonNullable<ScheduleDescription['raw']['schedule']>['spec']>['structuredCalendar']
>[number];
type RawRanges = RawCalendar['hour'];

/** Temporal leaves out an end that is the start, and a step of one. */
const rangesOf = (ranges: RawRanges) =>
  (ranges ?? []).map(({ start, end, step }) => ({
    start: start ?? 0,
    end: Math.max(start ?? 0, end ?? 0),
    step: Math.max(1, step ?? 1),
  }));

const calendarOf = (calendar: RawCalendar): Calendar => ({
  second: rangesOf(calendar.second),
  minute: rangesOf(calendar.minute),
  hour: rangesOf(calendar.hour),
  dayOfMonth: rangesOf(calendar.dayOfMonth),
  month: rangesOf(calendar.month),
  year: rangesOf(calendar.year),
  dayOfWeek: rangesOf(calendar.dayOfWeek),
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const INVALID_ARGUMENT = 3;

/** The SDK refuses what is no cron expression with a TypeError, the server what it cannot read with a status. */
export const isInvalid = (error: unknown): boolean => {
  if ((error as Error).name === 'TypeError') return true;
  const cause = isGrpcServiceError(error) ? error : (error as { cause?: unknown }).cause;
  return isGrpcServiceError(cause) && cause.code === INVALID_ARGUMENT;
};
