/** The sets that a rollback goes back through. */
import type { LeverAction, LeverMoveRecord } from '../../src/levers/lever-store.contract.js';
import { lineage } from '../../src/levers/lineage.js';

const moves = (...steps: [LeverAction, string, string][]): LeverMoveRecord[] =>
  steps.map(([action, from, to], index) => ({
    version: index + 1,
    action,
    from,
    to,
    scenario: 'default',
    by: 'ann',
    reason: '',
    run_id: null,
    approval: null,
    at: '',
  }));

test.each<[string, LeverMoveRecord[], string[]]>([
  ['never moved', moves(), []],
  ['moved', moves(['set', 'a', 'b'], ['publish', 'b', 'c']), ['a', 'b', 'c']],
  ['back one', moves(['set', 'a', 'b'], ['set', 'b', 'c'], ['rollback', 'c', 'b']), ['a', 'b']],
  [
    'back twice',
    moves(['set', 'a', 'b'], ['set', 'b', 'c'], ['rollback', 'c', 'b'], ['rollback', 'b', 'a']),
    ['a'],
  ],
  ['back and on', moves(['set', 'a', 'b'], ['rollback', 'b', 'a'], ['import', 'a', 'c']), ['a', 'c']],
  ['forward again', moves(['set', 'a', 'b'], ['rollback', 'b', 'a'], ['rollback', 'a', 'b']), ['a', 'b']],
  ['set to what was', moves(['set', 'a', 'b'], ['set', 'b', 'a']), ['a', 'b', 'a']],
])('%s', (_, history, sets) => {
  expect(lineage(history)).toEqual(sets);
});
