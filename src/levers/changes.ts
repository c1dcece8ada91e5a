/** What differs between two lever sets: values and locks; who made a row, and when, is no difference. */
import type { LeverRow } from './lever.contract.js';
import { byLeverKey, leverKey } from './file.js';

export interface LeverDifference {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly event_type: LeverRow['event_type'];
  readonly parameter_name: LeverRow['parameter_name'];
  /** Null: the set has no such row. */
  readonly before: number | null;
  readonly after: number | null;
  readonly locked_before: boolean | null;
  readonly locked_after: boolean | null;
}

/** In the order of a lever file. */
export function leverChanges(before: readonly LeverRow[], after: readonly LeverRow[]): LeverDifference[] {
  const old = new Map(before.map((row) => [leverKey(row), row]));
  const kept = new Set(after.map(leverKey));
  const gone = before.filter((row) => !kept.has(leverKey(row)));
  return [...after, ...gone].toSorted(byLeverKey).flatMap((row) => {
    const left = old.get(leverKey(row));
    const right = kept.has(leverKey(row)) ? row : undefined;
    if (left?.parameter_value === right?.parameter_value && left?.is_locked === right?.is_locked) return [];
    const { scenario_id, fiscal_year, job_level, event_type, parameter_name } = row;
    return [
      {
        scenario_id,
        fiscal_year,
        job_level,
        event_type,
        parameter_name,
        before: left?.parameter_value ?? null,
        after: right?.parameter_value ?? null,
        locked_before: left?.is_locked ?? null,
        locked_after: right?.is_locked ?? null,
      },
    ];
  });
}

/** `default 2025 L1 merit_base 0.04 -> 0.035`, with the lock where it differs. */
export function describeChange(change: LeverDifference): string {
  const { scenario_id, fiscal_year, job_level, parameter_name, before, after } = change;
  const { locked_before, locked_after } = change;
  const left = before === null ? 'none' : `${before}${lockText(locked_before, locked_after)}`;
  const right = after === null ? 'none' : `${after}${lockText(locked_after, locked_before)}`;
  return `${scenario_id} ${fiscal_year} L${job_level} ${parameter_name} ${left} -> ${right}`;
}

function lockText(locked: boolean | null, other: boolean | null): string {
  if (locked === other || locked === null) return '';
  if (locked) return ' (locked)';
  return other === null ? '' : ' (unlocked)';
}

const CHANGES_SHOWN = 3;

/** The first few, and how many more. */
export function summarizeChanges(changes: readonly LeverDifference[]): string {
  if (changes.length === 0) return 'the same values and locks';
  const more = changes.length - CHANGES_SHOWN;
  const shown = changes.slice(0, CHANGES_SHOWN).map(describeChange).join('; ');
  return more > 0 ? `${shown} and ${more} more changes` : shown;
}
