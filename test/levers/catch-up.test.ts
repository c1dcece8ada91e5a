/** Moves whose mover was killed before the catalog had them are recorded by whoever comes next. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../src/config.js';
import { catchUpMoves, unrecordedMoves } from '../../src/levers/record-moves.js';
import { createLogger } from '../../src/shared/log.js';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { savedWith, storeAt } from './scratch.js';

test('a move that stands in the history alone is counted, then recorded once', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-catch-up-'));
  try {
    const config = loadConfig({ home }, {});
    // This store tells nobody of its moves, as one that was killed right after the line in its history.
    const store = storeAt(home);
    const first = await store.current('default');
    const fingerprint = await savedWith(store, first, 'merit_base', 0.031);
    const move = {
      scenario: 'default',
      fingerprint,
      expected: first,
      warrant: byHand(atHome('ann')),
      reason: 'budget',
    };
    await store.publish({ ...move, action: 'set' });
    const moves = await store.history();
    expect(await unrecordedMoves(config, moves)).toBe(1);
    await catchUpMoves(config, createLogger(config));
    expect(await unrecordedMoves(config, moves)).toBe(0);
    await catchUpMoves(config, createLogger(config));
    expect(await unrecordedMoves(config, moves)).toBe(0);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
