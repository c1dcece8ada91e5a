/** A range of plan years as written on the command line and in requests: `2025-2029`. */
import { z } from 'zod';

export interface PlanYears {
  readonly first: number;
  readonly last: number;
}

const YEARS = /^(\d{4})-(\d{4})$/;

export const planYearsText = z
  .string()
  .regex(YEARS, 'must look like 2025-2029')
  .refine((text) => {
    const { first, last } = parsePlanYears(text);
    return first >= 2020 && last <= 2060 && last >= first;
  }, 'must lie in 2020–2060 with the end not before the start');

/** Splits `2025-2029`; the text must have passed {@link planYearsText}. */
export function parsePlanYears(text: string): PlanYears {
  const match = YEARS.exec(text);
  return { first: Number(match?.[1]), last: Number(match?.[2]) };
}

export const listYears = ({ first, last }: PlanYears): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
