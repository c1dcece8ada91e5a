/** Activity `publishLevers`: makes a run's levers the scenario's current ones, unless someone moved the pointer meanwhile. */
import type { ApprovalRecord } from '../runs/approval.contract.js';
import { isDeepStrictEqual } from 'node:util';
import type { ActivityDependencies } from '../ports.js';
import { failure } from '../shared/errors/errors.js';
import type { RunSpec } from '../runs/run-spec.js';
import type { RunWord } from './gate.js';

export interface PublishInput {
  readonly spec: RunSpec;
  readonly lever_set: string;
  readonly reason: string;
  /** The decision to publish them; null where nobody was asked. */
  readonly approval?: ApprovalRecord | null;
  /** The signed word that lets them be published; absent where there is none. */
  readonly word?: RunWord | null;
}

export const publishLevers =
  ({ levers, runs }: ActivityDependencies) =>
  async ({ spec, lever_set, reason, approval = null, word = null }: PublishInput): Promise<void> => {
    // What Temporal hands over may be made up: the run is the one whose checked request stands in the home, and open.
    const record = await runs.record(spec.run_id);
    if (
      record === undefined ||
      record.finished_at !== null ||
      !isDeepStrictEqual(record.spec, asStored(spec))
    )
      throw failure('MOVE_UNSIGNED', { run: spec.run_id, scenario: spec.scenario });
    // A retry after the pointer had moved already finds its own work done, and moves nothing.
    await levers.publish({
      scenario: spec.scenario,
      fingerprint: lever_set,
      expected: spec.published,
      warrant: { kind: 'run', run: spec, approval, word },
      reason: `${reason} (run ${spec.run_id})`,
      run_id: spec.run_id,
      approval,
    });
  };

/** As JSON gives it back. */
const asStored = (spec: RunSpec): unknown => JSON.parse(JSON.stringify(spec));
