/** Dates of the oracle as whole days since 1970-01-01. */

const DAY_MS = 86_400_000;

export const dayOf = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / DAY_MS;

export const fromIso = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;

export const toIso = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const yearStart = (year: number): number => dayOf(year, 1, 1);

export const yearEnd = (year: number): number => dayOf(year, 12, 31);

export const daysInYear = (year: number): number => yearStart(year + 1) - yearStart(year);

export const daysInMonth = (year: number, month: number): number =>
  dayOf(year, month + 1, 1) - dayOf(year, month, 1);

/** Whole years from `day` to January 1 of `year`; 0 when `day` is later. */
export function wholeYearsAt(year: number, day: number): number {
  const date = new Date(day * DAY_MS);
  const isOnJanuaryFirst = date.getUTCMonth() === 0 && date.getUTCDate() === 1;
  return Math.max(0, year - date.getUTCFullYear() - (isOnJanuaryFirst ? 0 : 1));
}

/** The same day `years` earlier; February 29 becomes 28 where that year has none. */
export function yearsEarlier(day: number, years: number): number {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear() - years;
  const month = date.getUTCMonth() + 1;
  return dayOf(year, month, Math.min(date.getUTCDate(), daysInMonth(year, month)));
}
