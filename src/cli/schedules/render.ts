/** Schedules as text: the list, and one with all that is known of it. */
import type { ScheduleDetails, ScheduleListing } from '../../client/meritloop.js';
import { count, duration } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable } from '../render/table.js';

const COLUMNS = [
  left('schedule'),
  left('state'),
  left('cron'),
  left('time zone'),
  left('next (UTC)'),
  left('latest run'),
];

export function renderSchedules(schedules: readonly ScheduleListing[], style: Style): string {
  if (schedules.length === 0) return 'No schedules yet. Make one with `meritloop schedule create`.';
  const rows = schedules.map((schedule) => [
    schedule.name,
    stateText(schedule, style),
    schedule.cron ?? '',
    schedule.timezone ?? '',
    schedule.paused ? '' : minute(schedule.next[0]),
    schedule.recent.at(-1) ?? '',
  ]);
  return renderTable(COLUMNS, rows, style);
}

export function renderSchedule(schedule: ScheduleDetails, style: Style): string {
  const {
    cron,
    timezone = 'UTC',
    note,
    next,
    nextLocal,
    recent,
    running,
    overlap,
    catchupSeconds,
  } = schedule;
  const shown = schedule.paused ? 0 : 3;
  const lines: readonly (readonly [string, string])[] = [
    ['Schedule', style.bold(schedule.name)],
    ['State', stateText(schedule, style)],
    ['Note', note ?? ''],
    ['When', cron === undefined ? '' : `${cron} (${timezone})`],
    ['Next (UTC)', next.slice(0, shown).map(minute).join(', ')],
    ['Next (local)', timezone === 'UTC' ? '' : nextLocal.slice(0, shown).join(', ')],
    ...schedule.notices.map((notice) => ['Note that', notice] as const),
    ['While one is open', overlap],
    ['Made up for', `what was missed in the last ${duration(catchupSeconds)}`],
    ['Open runs', running.join(', ')],
    ['Latest runs', recent.slice(-3).join(', ')],
    ['So far', soFar(schedule)],
    ['Request', JSON.stringify(schedule.request)],
  ];
  return lines
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${`${title}:`.padEnd(19)} ${text}`)
    .join('\n');
}

const soFar = ({ started, skipped, missed }: ScheduleDetails): string =>
  `${count(started)} started, ${count(skipped)} skipped while one was open, ${count(missed)} missed`;

const stateText = ({ paused }: ScheduleListing, style: Style): string =>
  paused ? style.warn('paused') : style.good('active');

const minute = (time: string | undefined): string => time?.slice(0, 16).replace('T', ' ') ?? '';
