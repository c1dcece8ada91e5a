/** Numbers as people read them: grouped, with explicit units, percent told apart from percentage points. */
import { percentText } from '../../shared/contract/figures.terms.js';

export {
  digitsFor,
  percentText as percent,
  pointsText as points,
} from '../../shared/contract/figures.terms.js';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count of people, events or simulations: `12,345`. */
export const count = (value: number): string => grouped.format(value);

/** Annual USD, whole dollars: `$84,213`. */
export const money = (usd: number): string =>
  usd < 0 ? `-$${grouped.format(-usd)}` : `$${grouped.format(usd)}`;

/** A decimal rate as percent: 0.035 is `3.50 %`. */
export const rate = (value: number): string => percentText(value * 100);

/** A factor on pay: `1.160 x`. */
export const multiplier = (value: number): string => `${value.toFixed(3)} x`;

/** Seconds of wall time: `0.48 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** Bytes in the largest binary unit that keeps the number over one: `5.3 GiB`. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${(value / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
