/** The lever store's files under `<home>/levers`: the pointer and the history of its moves. */
import { z } from 'zod';
import { approvalRecord } from '../runs/approval.contract.js';

export const LEVER_FINGERPRINT = /^[0-9a-f]{64}$/;
const fingerprint = z.string().regex(LEVER_FINGERPRINT);

/** `current.json`: the set of each scenario that has one of its own; `version` counts the moves. */
export const leverPointer = z.object({
  scenarios: z
    .record(z.string(), fingerprint)
    // A scenario may be called `constructor`.
    .transform((sets): ReadonlyMap<string, string> => new Map(Object.entries(sets))),
  version: z.int().min(0),
});
export type LeverPointer = z.infer<typeof leverPointer>;

/** What made the pointer move: a command of that name, or a run that published its levers. */
export const leverAction = z.enum(['set', 'import', 'rollback', 'publish', 'clone', 'promote']);
export type LeverAction = z.infer<typeof leverAction>;

/** One line of `history.ndjson`: who moved a scenario's pointer, when, why and from which run. */
export const leverMoveRecord = z.object({
  /** The pointer's version after this move. */
  version: z.int().min(1),
  action: leverAction.default('publish'),
  scenario: z.string().min(1),
  from: fingerprint,
  to: fingerprint,
  by: z.string(),
  reason: z.string(),
  run_id: z.string().nullable().default(null),
  /** Whose approval the move has; null where none was asked for. */
  approval: approvalRecord.nullable().default(null),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type LeverMoveRecord = z.infer<typeof leverMoveRecord>;
