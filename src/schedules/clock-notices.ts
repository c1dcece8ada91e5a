/** What a change of the clock does to a schedule: times that do not come, and times that come twice. Pure. */
import { clockChanges, wallText, type ClockChange } from './zone-clock.js';

/** As Temporal keeps an expression: a time fits where each field is in one of its ranges; no year means every year. */
export interface Calendar {
  readonly second: readonly CalendarRange[];
  readonly minute: readonly CalendarRange[];
  readonly hour: readonly CalendarRange[];
  readonly dayOfMonth: readonly CalendarRange[];
  readonly month: readonly CalendarRange[];
  readonly year: readonly CalendarRange[];
  readonly dayOfWeek: readonly CalendarRange[];
}

export interface CalendarRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const MINUTE_MS = 60_000;
const TIMES_SHOWN = 3;

/** One for each change of the clock in the twelve months after `from` that meets the schedule. */
export function clockNotices(calendars: readonly Calendar[], timezone: string, from: Date): string[] {
  const to = new Date(from);
  to.setUTCFullYear(to.getUTCFullYear() + 1);
  return clockChanges(timezone, from, to).flatMap((change) => {
    const times = timesIn(calendars, Math.min(change.from, change.to), Math.max(change.from, change.to));
    return times.length === 0 ? [] : [noticeOf(change, timezone, times)];
  });
}

/** Readings of the clock that fit, exact to the minute. */
function timesIn(calendars: readonly Calendar[], from: number, to: number): string[] {
  const found: string[] = [];
  for (let wall = from; wall < to; wall += MINUTE_MS)
    if (calendars.some((calendar) => fits(calendar, new Date(wall)))) found.push(wallText(wall).slice(11));
  return found;
}

function fits(calendar: Calendar, wall: Date): boolean {
  const { minute, hour, dayOfMonth, month, year, dayOfWeek } = calendar;
  return (
    isIn(minute, wall.getUTCMinutes()) &&
    isIn(hour, wall.getUTCHours()) &&
    isIn(dayOfMonth, wall.getUTCDate()) &&
    isIn(month, wall.getUTCMonth() + 1) &&
    (year.length === 0 || isIn(year, wall.getUTCFullYear())) &&
    isIn(dayOfWeek, wall.getUTCDay())
  );
}

const isIn = (ranges: readonly CalendarRange[], value: number): boolean =>
  ranges.some(({ start, end, step }) => value >= start && value <= end && (value - start) % step === 0);

function noticeOf({ from, to }: ClockChange, timezone: string, times: readonly string[]): string {
  const day = wallText(Math.min(from, to)).slice(0, 10);
  const [old, later] = [wallText(from).slice(11), wallText(to).slice(11)];
  const shown = times.slice(0, TIMES_SHOWN).join(', ');
  const listed = times.length > TIMES_SHOWN ? `${shown} and ${times.length - TIMES_SHOWN} more` : shown;
  const come = times.length === 1 ? ['does not come', 'comes'] : ['do not come', 'come'];
  return to > from
    ? `On ${day} the clock of ${timezone} goes from ${old} to ${later}: ${listed} ${come[0]}, and nothing starts then.`
    : `On ${day} the clock of ${timezone} goes back from ${old} to ${later}: ${listed} ${come[1]} twice, and Temporal starts a run each time.`;
}
