/** The audit trail of a home: its levers' moves, and the decisions of its runs that moved none. */
import type { Config } from '../config.js';
import type { AuditEntry, AuditFilter } from '../levers/audit.contract.js';
import { auditTrail, type Audited } from '../levers/audit.js';
import { createRunStore, type RunStore } from './run-store.js';

/** @throws MeritloopError LEVER_SET_UNKNOWN, LEVER_SET_CHANGED */
export const auditHome = async (config: Config, filter: AuditFilter): Promise<AuditEntry[]> =>
  auditTrail(config, filter, await decisionsAgainst(createRunStore(config.home)));

async function decisionsAgainst(runs: RunStore): Promise<Audited[]> {
  const found = await Promise.all(
    (await runs.list()).map(async ({ run_id, spec }): Promise<Audited[]> => {
      const ending = await runs.ending(run_id);
      const approval = ending !== undefined && 'approval' in ending ? ending.approval : null;
      if (spec === null || ending === undefined || approval === null || approval === undefined) return [];
      if (!('applied' in ending) || ending.applied !== 'rejected') return [];
      return [
        {
          at: approval.at ?? approval.asked_at,
          scenario: spec.scenario,
          action: 'decision',
          by: approval.by,
          reason: approval.comment ?? WHY[approval.outcome],
          run_id,
          outcome: approval.outcome,
          approval,
          from: spec.published,
          to: ending.lever_set ?? spec.lever_set,
        },
      ];
    }),
  );
  return found.flat();
}

const WHY = {
  pending: 'ended before anybody decided',
  approved: 'approved, but somebody had moved the levers meanwhile',
  rejected: 'rejected',
  expired: 'nobody decided in time',
} as const;
