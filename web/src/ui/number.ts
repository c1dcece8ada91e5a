/** Numbers as they stand on the page: with their unit, always in the same way. */

const NARROW_SPACE = '\u202f';
const MINUS = '\u2212';
const NONE = '–';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signed = (text: string): string => text.replace('-', MINUS);

/** Growth, percent: `2.04 %`. */
export const percent = (value: number | null | undefined, digits = 2): string =>
  value == null ? NONE : `${signed(value.toFixed(digits))}${NARROW_SPACE}%`;

/** A difference of percentages: `+0.04 pp`. */
export function percentagePoints(value: number | null | undefined, digits = 2): string {
  if (value == null) return NONE;
  const text = value.toFixed(digits);
  const isZero = Number(text) === 0;
  const sign = isZero ? '' : value > 0 ? '+' : '';
  return `${sign}${signed(isZero ? text.replace('-', '') : text)}${NARROW_SPACE}pp`;
}

/** USD a year without cents: `$92,345`. */
export const dollars = (value: number | null | undefined): string =>
  value == null ? NONE : `${value < 0 ? MINUS : ''}$${whole.format(Math.abs(value))}`;

/** USD in millions: `$512.3 M`. */
export const millions = (value: number | null | undefined): string =>
  value == null ? NONE : `${value < 0 ? MINUS : ''}$${tenths.format(Math.abs(value) / 1e6)}${NARROW_SPACE}M`;

/** A difference: `+$1,234`. */
export const signedDollars = (value: number): string => `${value > 0 ? '+' : ''}${dollars(value)}`;
export const signedMillions = (value: number | null | undefined): string =>
  `${(value ?? 0) > 0 ? '+' : ''}${millions(value)}`;

export const count = (value: number | null | undefined): string =>
  value == null ? NONE : signed(whole.format(value));

export function signedCount(value: number): string {
  return value > 0 ? `+${count(value)}` : count(value);
}

export const seconds = (value: number | null | undefined): string =>
  value == null ? NONE : `${value.toFixed(value < 10 ? 2 : 0)}${NARROW_SPACE}s`;

/** A moment in the reader's own time zone: `2026-01-31 09:30`. */
export function moment(iso: string | null | undefined): string {
  if (iso == null) return NONE;
  const date = new Date(iso);
  const pad = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The start of a fingerprint, enough to tell it from others. */
export const shortId = (id: string): string => id.slice(0, 8);
