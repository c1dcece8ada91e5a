/** Activity `publishLevers`: makes a run's levers the scenario's current ones, unless someone moved the pointer meanwhile. */
import type { ApprovalRecord } from '../runs/approval.contract.js';
import type { ActivityDependencies } from '../ports.js';
import type { RunSpec } from '../runs/run-spec.js';

export interface PublishInput {
  readonly spec: RunSpec;
  readonly lever_set: string;
  readonly by: string;
  readonly reason: string;
  /** The decision to publish them; null where nobody was asked. */
  readonly approval?: ApprovalRecord | null;
}

export const publishLevers =
  ({ levers }: ActivityDependencies) =>
  async ({ spec, lever_set, by, reason, approval }: PublishInput): Promise<void> => {
    // A retry after the pointer had moved already finds its own work done.
    if ((await levers.current(spec.scenario)) === lever_set) return;
    await levers.publish({
      scenario: spec.scenario,
      fingerprint: lever_set,
      expected: spec.published,
      by,
      reason: `${reason} (run ${spec.run_id})`,
      run_id: spec.run_id,
      approval: approval ?? null,
    });
  };
