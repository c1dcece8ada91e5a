/** The levers of the scenario with the draft on them: what Parameters, Impact and Run Simulation work with. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ParameterName } from '../../../src/levers/catalogue.terms.js';
import { leversQuery } from '../api/queries.js';
import type { LeverGrid, LeverGridRow } from '../api/types.js';
import { usePageContext } from '../app/use-context.js';
import { cellKey, edit, listChanges, type Draft, type Edit } from './draft.js';
import { useDraft } from './store.js';
import { own } from '../../../src/shared/own.terms.js';

export interface Levers {
  readonly grid: LeverGrid;
  readonly draft: Draft;
  /** The job levels that have levers, from the lowest. */
  readonly levels: readonly number[];
  /** The row of a cell as it is current. */
  row(year: number, level: number, name: ParameterName): LeverGridRow | undefined;
  /** What the cell is with the draft; undefined where there is no lever. */
  value(year: number, level: number, name: ParameterName): number | undefined;
  change(edits: readonly Edit[]): void;
  /** The draft as the API takes it. */
  readonly changes: readonly (Edit['cell'] & { readonly value: number })[];
}

export function useLevers(): { levers: Levers | undefined; error: Error | null; scenario: string } {
  const { scenario } = usePageContext();
  const { data: grid, error } = useQuery(leversQuery(scenario));
  const [draft, changeDraft] = useDraft(scenario);
  const rows = useMemo(() => new Map(grid?.levers.map((row) => [cellKey(row), row])), [grid]);
  const change = useCallback(
    (edits: readonly Edit[]) => {
      if (grid === undefined) return;
      const open = edits.filter(({ cell }) => rows.get(cellKey(cell))?.is_locked === false);
      changeDraft((before) => edit(before, grid.lever_set, open, (key) => rows.get(key)?.parameter_value));
    },
    [changeDraft, grid, rows],
  );
  const levers = useMemo((): Levers | undefined => {
    if (grid === undefined) return undefined;
    const row: Levers['row'] = (fiscal_year, job_level, parameter_name) =>
      rows.get(cellKey({ fiscal_year, job_level, parameter_name }));
    return {
      grid,
      draft,
      levels: [...new Set(grid.levers.map(({ job_level }) => job_level))].toSorted(
        (one, other) => one - other,
      ),
      row,
      value: (fiscal_year, job_level, parameter_name) =>
        own(draft.changes, cellKey({ fiscal_year, job_level, parameter_name })) ??
        row(fiscal_year, job_level, parameter_name)?.parameter_value,
      change,
      changes: listChanges(draft.changes).map(({ cell, value }) => ({ ...cell, value })),
    };
  }, [grid, draft, rows, change]);
  return { levers, error, scenario };
}
