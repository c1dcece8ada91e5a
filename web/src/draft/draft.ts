/** A draft of levers: cells that differ from the set it began with, with undo and redo. Pure. */
import type { ParameterName } from '../../../src/levers/catalogue.terms.js';
import { own } from '../../../src/shared/own.terms.js';

export interface Cell {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: ParameterName;
}

/** Values by cell key; only cells that differ from the base. */
export type Changes = Readonly<Record<string, number>>;

export interface Draft {
  /** Fingerprint of the set that the draft changes; null until the first edit. */
  readonly base: string | null;
  readonly changes: Changes;
  readonly past: readonly Changes[];
  readonly future: readonly Changes[];
}

export const EMPTY_DRAFT: Draft = { base: null, changes: {}, past: [], future: [] };

const STEPS_KEPT = 100;

export const cellKey = ({ fiscal_year, job_level, parameter_name }: Cell): string =>
  `${fiscal_year}/${job_level}/${parameter_name}`;

export function cellOf(key: string): Cell {
  const [year, level, name] = key.split('/');
  return { fiscal_year: Number(year), job_level: Number(level), parameter_name: name as ParameterName };
}

export interface Edit {
  readonly cell: Cell;
  /** Decimal rate or multiplier. */
  readonly value: number;
}

/**
 * Sets cells in one step. A cell that gets its base value back is no change.
 * @param baseValue of a cell in the base set
 */
export function edit(
  draft: Draft,
  base: string,
  edits: readonly Edit[],
  baseValue: (key: string) => number | undefined,
): Draft {
  const edited = new Map(Object.entries(draft.changes));
  for (const { cell, value } of edits) {
    const key = cellKey(cell);
    if (value === baseValue(key)) edited.delete(key);
    else edited.set(key, value);
  }
  const changes = Object.fromEntries(edited);
  if (sameChanges(changes, draft.changes)) return draft;
  return {
    base: draft.base ?? base,
    changes,
    past: [...draft.past, draft.changes].slice(-STEPS_KEPT),
    future: [],
  };
}

export function undo(draft: Draft): Draft {
  const before = draft.past.at(-1);
  if (before === undefined) return draft;
  return {
    ...draft,
    changes: before,
    past: draft.past.slice(0, -1),
    future: [draft.changes, ...draft.future],
  };
}

export function redo(draft: Draft): Draft {
  const [after, ...future] = draft.future;
  if (after === undefined) return draft;
  return { ...draft, changes: after, past: [...draft.past, draft.changes], future };
}

/** The same changes on another set, as after somebody else moved the levers. */
export const rebase = (draft: Draft, base: string): Draft => ({ ...draft, base });

export const listChanges = (changes: Changes): { cell: Cell; value: number }[] =>
  Object.entries(changes).map(([key, value]) => ({ cell: cellOf(key), value }));

const sameChanges = (left: Changes, right: Changes): boolean => {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => own(left, key) === own(right, key));
};
