/** A draft: levers that somebody wants to change, checked one by one before anything is stored. */
import { PARAMETERS, roundLever, type LeverRow } from './lever.contract.js';
import type { LeverCell } from './assign.js';
import { levelRule } from './job-levels.js';
import { resolveLevers } from './scenarios.js';

export interface DraftError {
  /** Which of the changes, from 0. */
  readonly index: number;
  readonly field: 'value' | 'parameter_name' | 'job_level';
  readonly value: string;
  readonly rule: string;
}

/** Values held to six decimals, as they will stand in the file. */
export const draftCells = (changes: readonly LeverCell[]): LeverCell[] =>
  changes.map((change) => ({ ...change, value: roundLever(change.value) + 0 }));

/** Values outside the hard range, locked levers, and levers that stand twice. */
export function draftErrors(
  rows: readonly LeverRow[],
  chain: readonly string[],
  cells: readonly LeverCell[],
  levels: readonly number[],
): DraftError[] {
  const inForce = new Map(resolveLevers(rows, chain).map((row) => [place(row), row]));
  const seen = new Map<string, number>();
  return cells.flatMap((cell, index): DraftError[] => {
    const { parameter_name, value, job_level } = cell;
    const level = levels.includes(job_level)
      ? []
      : [{ index, field: 'job_level' as const, value: String(job_level), rule: levelRule(levels) }];
    const [low, high] = PARAMETERS[parameter_name].hardRange;
    const found = inForce.get(place(cell));
    const first = seen.get(place(cell));
    if (first === undefined) seen.set(place(cell), index);
    const rules: string[] = [];
    if (value < low || value > high) rules.push(`must be from ${low} to ${high}`);
    if (found?.is_locked === true && found.parameter_value !== value)
      rules.push(`is locked at ${found.parameter_value}`);
    const errors = rules.map((rule) => ({ index, field: 'value' as const, value: String(value), rule }));
    return first === undefined
      ? [...level, ...errors]
      : [
          ...level,
          ...errors,
          { index, field: 'parameter_name', value: parameter_name, rule: `is also change ${first}` },
        ];
  });
}

const place = ({ fiscal_year, job_level, parameter_name }: Omit<LeverCell, 'value'>): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;
