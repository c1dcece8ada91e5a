/** The draft of levers: what counts as a change, undo and redo. */
import fc from 'fast-check';
import {
  cellKey,
  edit,
  EMPTY_DRAFT,
  listChanges,
  redo,
  undo,
  type Draft,
} from '../../web/src/draft/draft.js';

const cell = (fiscal_year: number, job_level: number) =>
  ({ fiscal_year, job_level, parameter_name: 'merit_base' }) as const;
const base = new Map([cell(2025, 1), cell(2026, 1)].map((each) => [cellKey(each), 0.04]));
const valueOf = (key: string): number | undefined => base.get(key);
const change = (draft: Draft, value: number, year = 2025): Draft =>
  edit(draft, 'set', [{ cell: cell(year, 1), value }], valueOf);

test('a cell that gets its current value back is no change', () => {
  const changed = change(EMPTY_DRAFT, 0.05);
  expect(listChanges(changed.changes)).toEqual([{ cell: cell(2025, 1), value: 0.05 }]);
  expect(change(changed, 0.04).changes).toEqual({});
});

test('an edit that changes nothing leaves no step to undo', () => {
  expect(change(EMPTY_DRAFT, 0.04)).toBe(EMPTY_DRAFT);
});

test('the draft keeps the set that it began with', () => {
  const begun = change(EMPTY_DRAFT, 0.05);
  expect(edit(begun, 'later', [{ cell: cell(2026, 1), value: 0.06 }], valueOf).base).toBe('set');
});

const edits = fc.array(fc.tuple(fc.constantFrom(2025, 2026), fc.integer({ min: 1, max: 9 })), {
  maxLength: 30,
});

test('undoing every step leads back to nothing, redoing to where one was', () => {
  fc.assert(
    fc.property(edits, (steps) => {
      const edited = steps.reduce(
        (draft, [year, hundredths]) => change(draft, hundredths / 100, year),
        EMPTY_DRAFT,
      );
      const count = edited.past.length;
      let draft = edited;
      for (let step = 0; step < count; step += 1) draft = undo(draft);
      expect(draft.changes).toEqual({});
      for (let step = 0; step < count; step += 1) draft = redo(draft);
      expect(draft.changes).toEqual(edited.changes);
      expect(redo(draft)).toBe(draft);
    }),
  );
});
