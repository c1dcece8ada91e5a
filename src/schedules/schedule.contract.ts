/** What callers may ask of a schedule: when it starts runs, and what happens when one is still open. */
import { z } from 'zod';

export const OVERLAPS = ['skip', 'buffer-one', 'allow-all', 'cancel-other'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** Shorter than a run id: Temporal adds the time of the start, which must still fit into the id of the run. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const CRON_FIELD = String.raw`[\w*,/?-]+`;
const CRON = new RegExp(
  String.raw`^(@(yearly|monthly|weekly|daily|hourly|every \d+[smhd])|${CRON_FIELD}( +${CRON_FIELD}){4,6})$`,
);
const WINDOW = /^(\d{1,6})([smhd])$/;
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SHORTEST_MS = 10_000;
const LONGEST_MS = 365 * UNIT_MS.d;

export const newSchedule = z.strictObject({
  name: z
    .string()
    .regex(
      NAME,
      'must be letters, digits, dot, dash or underscore, at most 100, the first a letter or digit',
    ),
  /** Five fields; six end with the year, seven begin with the second. Or `@daily` and the like, `@every 90m`. */
  cron: z.string().regex(CRON, 'must be a cron expression such as "0 6 * * 1", @daily or "@every 12h"'),
  /** IANA name. */
  timezone: z.string().refine(isTimezone, 'must be a time zone such as Europe/Vienna').default('UTC'),
  overlap: z.enum(OVERLAPS).default('skip'),
  /** Runs missed while the server was away this long or less are made up for. */
  catchup_window: z
    .string()
    .refine(isWindow, 'must be a whole number with s, m, h or d, such as 1h, from 10s to 365d')
    .default('1h'),
  note: z.string().min(1).max(500).optional(),
});

/** Milliseconds of `90s`, `15m`, `1h` or `2d`; undefined for any other text. */
export function windowMs(text: string): number | undefined {
  const [, amount, unit] = WINDOW.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

function isWindow(text: string): boolean {
  const length = windowMs(text);
  return length !== undefined && length >= SHORTEST_MS && length <= LONGEST_MS;
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if ((error as Error).name === 'RangeError') return false;
    throw error;
  }
}
