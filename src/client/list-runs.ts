/** Live and past runs: what Temporal knows of, and what the home keeps after Temporal has forgotten. */
import { isFailure, type RunStore } from '../activities/run-store.js';
import { runIdOf } from '../contract/run-id.js';
import type { HandleContext } from './run-handle.js';

const QUERY = "WorkflowType = 'compensationOptimizationLoop'";

export interface RunListing {
  readonly runId: string;
  readonly workflowId: string;
  /** `running`, or how the run ended; `terminated` when Temporal ended it without a result. */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly scenario: string | undefined;
  readonly requestedBy: string | undefined;
  /** Percent. */
  readonly targetGrowth: number | undefined;
  readonly finalGrowth: number | undefined;
}

/** As the command line and the HTTP API write it: what is not known is null. */
export const runListingDocument = (run: RunListing) => ({
  run_id: run.runId,
  workflow_id: run.workflowId,
  status: run.status,
  scenario: run.scenario ?? null,
  requested_by: run.requestedBy ?? null,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
  target_growth: run.targetGrowth ?? null,
  final_growth: run.finalGrowth ?? null,
});

/** What the home alone knows, the latest first. */
export async function listStoredRuns(runs: RunStore): Promise<RunListing[]> {
  const listed = await Promise.all((await runs.list()).map(({ run_id }) => listStored(runs, run_id)));
  return listed.filter((run) => run !== undefined);
}

export async function listRuns({ client, runs }: HandleContext): Promise<RunListing[]> {
  const listed = new Map((await listStoredRuns(runs)).map((run) => [run.workflowId, run]));
  const seen = new Set<string>();
  for await (const { workflowId, status, startTime } of client.workflow.list({ query: QUERY })) {
    // The newest execution of an id comes first.
    if (seen.has(workflowId)) continue;
    seen.add(workflowId);
    const known = listed.get(workflowId);
    const open = status.name === 'RUNNING';
    // Of a finished run the home says more; one that only seems open there was ended from outside.
    if (known !== undefined && !open && known.status !== 'running') continue;
    listed.set(workflowId, {
      ...(known ?? NOTHING_KNOWN),
      runId: runIdOf(workflowId),
      workflowId,
      status: open ? 'running' : status.name.toLowerCase(),
      startedAt: startTime.toISOString(),
      finishedAt: null,
    });
  }
  return [...listed.values()].toSorted((left, right) => right.startedAt.localeCompare(left.startedAt));
}

const NOTHING_KNOWN = {
  scenario: undefined,
  requestedBy: undefined,
  targetGrowth: undefined,
  finalGrowth: undefined,
};

async function listStored(runs: RunStore, runId: string): Promise<RunListing | undefined> {
  const [record, ending] = await Promise.all([runs.record(runId), runs.ending(runId)]);
  if (record === undefined) return undefined;
  const { workflow_id, started_at, finished_at, spec } = record;
  return {
    runId,
    workflowId: workflow_id,
    status: finished_at === null || ending === undefined ? 'running' : ending.status,
    startedAt: started_at,
    finishedAt: finished_at,
    scenario: spec?.scenario,
    requestedBy: spec?.requested_by,
    targetGrowth: spec?.target,
    finalGrowth: ending === undefined || isFailure(ending) ? undefined : ending.final_growth,
  };
}
