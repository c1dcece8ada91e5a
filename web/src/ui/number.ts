/** Numbers as they stand on the page: with their unit, always in the same way. */
import {
  distanceInPoints,
  percentText,
  pointsText,
  rangeText,
} from '../../../src/shared/contract/figures.terms.js';

const NARROW_SPACE = '\u202f';
const MINUS = '\u2212';
const NONE = '–';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signed = (text: string): string => text.replaceAll('-', MINUS);

/** As the command line writes it, in the page's type: a minus sign, and no break before the unit. */
const typeset = (text: string): string => signed(text).replaceAll(/ (?=%|pp)/g, NARROW_SPACE);

/** Growth, percent: `2.04 %`. */
export const percent = (value: number | null | undefined, digits = 2): string =>
  value == null ? NONE : typeset(percentText(value, digits));

/** A difference of percentages: `+0.04 pp`. A gap is target minus growth: above zero growth is too low. */
export const percentagePoints = (value: number | null | undefined, digits = 2): string =>
  value == null ? NONE : typeset(pointsText(value, digits));

/** How far apart two percentages are: `0.04 pp`. */
export const pointsApart = (value: number, digits = 2): string => typeset(distanceInPoints(value, digits));

/** From the lowest to the highest growth: `−0.41 % to 11.65 %`. */
export const percentRange = (range: readonly [number, number], digits = 2): string =>
  typeset(rangeText(range, digits));

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
  if (iso == null || iso === '') return NONE;
  const date = new Date(iso);
  const pad = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The start of a fingerprint, enough to tell it from others. */
export const shortId = (id: string): string => id.slice(0, 8);
