/** The sets that a scenario had, as rollbacks walk back through them. */
import type { LeverMoveRecord } from './lever-store.contract.js';

/**
 * Oldest first, the current one last. A rollback takes off what it went back over, so that two rollbacks of one step
 * go back two steps.
 * @param moves of one scenario, oldest first
 */
export function lineage(moves: readonly LeverMoveRecord[]): string[] {
  const [first] = moves;
  return moves.reduce<string[]>(
    (sets, { action, to }) => {
      const back = action === 'rollback' ? sets.lastIndexOf(to) : -1;
      return back < 0 ? [...sets, to] : sets.slice(0, back + 1);
    },
    first === undefined ? [] : [first.from],
  );
}
