/** The drafts of this browser tab, one per scenario: they survive a reload, and no other tab sees them. */
import { useCallback, useSyncExternalStore } from 'react';
import { company } from '../app/company.js';
import { EMPTY_DRAFT, type Draft } from './draft.js';

const PREFIX = company === undefined ? 'meritloop-draft:' : `meritloop-draft:${company}:`;
const listeners = new Set<() => void>();
/** Parsed texts, so that the same text gives the same object. */
const parsed = new Map<string, { readonly text: string; readonly draft: Draft }>();

function read(scenario: string): Draft {
  const text = sessionStorage.getItem(PREFIX + scenario);
  if (text === null) return EMPTY_DRAFT;
  const known = parsed.get(scenario);
  if (known?.text === text) return known.draft;
  const draft = JSON.parse(text) as Draft;
  parsed.set(scenario, { text, draft });
  return draft;
}

function write(scenario: string, draft: Draft): void {
  const isEmpty =
    Object.keys(draft.changes).length === 0 && draft.past.length === 0 && draft.future.length === 0;
  if (isEmpty) sessionStorage.removeItem(PREFIX + scenario);
  else sessionStorage.setItem(PREFIX + scenario, JSON.stringify(draft));
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The scenario's draft, and how to change it. */
export function useDraft(scenario: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const draft = useSyncExternalStore(subscribe, () => read(scenario));
  const change = useCallback(
    (next: (draft: Draft) => Draft) => write(scenario, next(read(scenario))),
    [scenario],
  );
  return [draft, change];
}
