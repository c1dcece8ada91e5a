/** Copies the moves of levers into the audit log of the catalog, where they stand beside everything else that was done. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { AuditEntry } from '../assets/catalog/audit.js';
import { createCatalog } from '../assets/catalog/catalog.js';
import type { Config } from '../config.js';
import type { LeverAction, LeverMoveRecord } from './lever-store.contract.js';
import { MeritloopError } from '../shared/errors/errors.js';
import { createLogger, type Logger } from '../shared/log.js';
import { readPointer } from './pointer.js';

/** So many of the latest: those that could not be recorded before are caught up. */
const CAUGHT_UP = 200;

const DONE: Readonly<Record<LeverAction, string>> = {
  set: 'levers_set',
  import: 'levers_imported',
  rollback: 'levers_rolled_back',
  publish: 'levers_published',
  clone: 'levers_cloned',
  promote: 'levers_promoted',
};

/** The history of the levers is what counts: a catalog that is away must not make a failure of a move that was made. */
export async function recordMoves(config: Config, moves: readonly LeverMoveRecord[]): Promise<void> {
  const logger = createLogger(config);
  const catalog = createCatalog(config, logger);
  try {
    await catalog.recordAudit(moves.slice(-CAUGHT_UP).map(entryOf));
  } catch (error) {
    if (!(error instanceof MeritloopError)) throw error;
    logger.warn({ err: error }, 'the move is made, but is not in the catalog yet: the next one records it');
  } finally {
    await catalog.close();
  }
}

/** Records what is missing, because somebody was killed between a move and its record. Nothing of it is thrown. */
export async function catchUpMoves(config: Config, logger: Logger): Promise<void> {
  try {
    const state = await readPointer(path.join(config.home, 'levers'));
    if (state !== null && state.moves.length > 0) await recordMoves(config, state.moves);
  } catch (error) {
    logger.warn({ err: error }, 'moves of levers that are not in the catalog yet could not be looked for');
  }
}

/** How many of the latest moves the catalog lacks, because somebody was killed between the two. */
export async function unrecordedMoves(config: Config, moves: readonly LeverMoveRecord[]): Promise<number> {
  if (moves.length === 0) return 0;
  const catalog = createCatalog(config, createLogger(config));
  try {
    const known = new Set<string>();
    for (const action of Object.values(DONE))
      for (const { id } of await catalog.auditTrail({ action, limit: CAUGHT_UP })) known.add(id);
    return moves.slice(-CAUGHT_UP).filter((move) => !known.has(entryOf(move).id)).length;
  } finally {
    await catalog.close();
  }
}

const entryOf = ({
  version,
  action,
  scenario,
  from,
  to,
  by,
  reason,
  run_id,
  at,
}: LeverMoveRecord): AuditEntry => ({
  id: createHash('sha256')
    .update(JSON.stringify(['lever move', version, scenario, to, at]))
    .digest('hex')
    .slice(0, 32),
  action: DONE[action],
  subject: scenario,
  actor: by,
  run: run_id,
  recorded_at: at,
  details: { lever_set: to, replaced: from, reason },
});
