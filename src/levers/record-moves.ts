/** Copies the moves of levers into the audit log of the catalog, where they stand beside everything else that was done. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../assets/catalog/audit.js';
import { createCatalog } from '../assets/catalog/catalog.js';
import type { Config } from '../config.js';
import type { LeverAction, LeverMoveRecord } from './lever-store.contract.js';
import { MeritloopError } from '../shared/errors/errors.js';
import { createLogger } from '../shared/log.js';

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
