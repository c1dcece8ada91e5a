/** The clock of a time zone: what it shows at a moment, and when it is put forward or back. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface ClockChange {
  readonly at: Date;
  /** What the clock shows at that moment by the old time, and by the new: as if they were UTC. Epoch ms. */
  readonly from: number;
  readonly to: number;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  FORMATS.set(timezone, made);
  return made;
}

/** What the clock shows at a moment, as epoch ms of the same reading in UTC. */
export function wallTime(timezone: string, at: number): number {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `2027-03-14 02:30` of a reading. */
export const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ');

const offsetAt = (timezone: string, at: number): number =>
  wallTime(timezone, at) - Math.floor(at / 1000) * 1000;

/** Changes of the clock from one moment to another, exact to the minute. */
export function clockChanges(timezone: string, from: Date, to: Date): ClockChange[] {
  const changes: ClockChange[] = [];
  const start = Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let day = start; day < to.getTime(); day += DAY_MS) {
    const [before, after] = [offsetAt(timezone, day), offsetAt(timezone, day + DAY_MS)];
    if (before === after) continue;
    let [low, high] = [day, day + DAY_MS];
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offsetAt(timezone, middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: new Date(high), from: high + before, to: high + after });
  }
  return changes;
}
