import fc from 'fast-check';
import {
  decideRemovals,
  type References,
  type StoredItem,
  type StoredKind,
} from '../../src/retention/decide.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_000 * DAY;
const NOTHING: References = {
  leverSets: new Set(),
  censuses: new Set(),
  simulations: new Set(),
  openRuns: 0,
};

const item = (kind: StoredKind, age: number, more: Partial<StoredItem> = {}): StoredItem => ({
  kind,
  key: 'k',
  path: `${kind}/k`,
  bytes: 1,
  changedAt: NOW - age,
  ...more,
});
const isRemoved = (stored: StoredItem, references: Partial<References> = {}): boolean =>
  decideRemovals([stored], { ...NOTHING, ...references }, NOW, 30 * DAY).length === 1;

test.each<[string, StoredItem, Partial<References>, boolean]>([
  ['an old checkpoint', item('checkpoint', 31 * DAY), {}, true],
  ['a young checkpoint', item('checkpoint', 29 * DAY), {}, false],
  ['an old checkpoint while a run is open', item('checkpoint', 31 * DAY), { openRuns: 1 }, false],
  ['an old trial', item('trial', 31 * DAY), {}, true],
  ['an old trial that a result shows', item('trial', 31 * DAY), { simulations: new Set(['k']) }, false],
  ['an old trial while a run is open', item('trial', 31 * DAY), { openRuns: 1 }, false],
  ['an old census', item('census', 31 * DAY), {}, true],
  ['an old census of a run', item('census', 31 * DAY), { censuses: new Set(['k']) }, false],
  ['an old lever set', item('lever set', 31 * DAY), {}, true],
  ['an old lever set that is referred to', item('lever set', 31 * DAY), { leverSets: new Set(['k']) }, false],
  ['the old plan of a materialisation', item('materialization', 31 * DAY), {}, true],
  ['a young plan of a materialisation', item('materialization', 29 * DAY), {}, false],
  [
    'an old plan of a materialisation while a run is open',
    item('materialization', 31 * DAY),
    { openRuns: 1 },
    false,
  ],
  ['a draft of two days', item('draft', 2 * DAY), {}, true],
  ['a draft of two hours', item('draft', 2 * HOUR), {}, false],
  ['the folder of a dead process', item('temporary folder', 0, { ownerAlive: false }), {}, true],
  ['the folder of a living process', item('temporary folder', 99 * DAY, { ownerAlive: true }), {}, false],
  ['an old folder of another machine', item('temporary folder', 31 * DAY), {}, true],
  ['a folder of another machine', item('temporary folder', 29 * DAY), {}, false],
])('%s', (_, stored, references, expected) => {
  expect(isRemoved(stored, references)).toBe(expected);
});

test('nothing that is referred to, or younger than asked, is ever removed', () => {
  const kinds = fc.constantFrom<StoredKind>('checkpoint', 'trial', 'census', 'lever set');
  const items = fc.array(
    fc.record({ kind: kinds, key: fc.constantFrom('a', 'b', 'c'), age: fc.nat(100 * DAY) }),
  );
  const keys = fc.subarray(['a', 'b', 'c']).map((subset) => new Set(subset));
  fc.assert(
    fc.property(
      items,
      keys,
      keys,
      keys,
      fc.nat(2),
      fc.nat(60 * DAY),
      (made, sets, censuses, ids, open, limit) => {
        const references = { leverSets: sets, censuses, simulations: ids, openRuns: open };
        const stored = made.map(({ kind, key, age }) => item(kind, age, { key }));
        const removed = decideRemovals(stored, references, NOW, limit);
        const wrong = removed.filter(
          ({ kind, key, changedAt }) =>
            NOW - changedAt <= limit ||
            (kind === 'lever set' && sets.has(key)) ||
            (kind === 'census' && censuses.has(key)) ||
            (kind === 'trial' && (ids.has(key) || open > 0)) ||
            (kind === 'checkpoint' && open > 0),
        );
        expect(wrong).toEqual([]);
      },
    ),
  );
});
