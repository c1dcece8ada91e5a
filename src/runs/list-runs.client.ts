/** Live and past runs: what Temporal knows of, and what the home keeps after Temporal has forgotten. */
import type { RunBrief, RunStore } from './run-store.js';
import { runIdOf } from './run-id.terms.js';
import type { HandleContext } from './run-handle.client.js';

const QUERY = "WorkflowType = 'compensationOptimizationLoop'";

export interface RunListing {
  readonly runId: string;
  readonly workflowId: string;
  /** `running`, or how the run ended; `terminated` when Temporal ended it without a result; `damaged` where its record is. */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly scenario: string | undefined;
  readonly requestedBy: string | undefined;
  /** Percent. */
  readonly targetGrowth: number | undefined;
  readonly finalGrowth: number | undefined;
  /** Which file of the run is damaged, and how; absent where none is. */
  readonly damage?: string;
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
  ...(run.damage === undefined ? {} : { damage: run.damage }),
});

/** What the home alone knows, the latest first. */
export async function listStoredRuns(runs: RunStore): Promise<RunListing[]> {
  const damaged = (await runs.damaged()).map(({ name, error }) => ({
    ...NOTHING_KNOWN,
    runId: name,
    workflowId: name,
    status: 'damaged',
    startedAt: '',
    finishedAt: null,
    damage: error.message,
  }));
  return [...(await runs.briefs()).map(stored), ...damaged].toSorted(latestFirst);
}

export async function listRuns({ client, runs }: HandleContext): Promise<RunListing[]> {
  const known = await listStoredRuns(runs);
  const listed = new Map(known.map((run) => [run.workflowId, run]));
  // A record that cannot be read does not say whose it is.
  const damaged = new Map(known.filter((run) => run.damage !== undefined).map((run) => [run.runId, run]));
  const seen = new Set<string>();
  for await (const { workflowId, status, startTime } of client.workflow.list({ query: QUERY })) {
    // The newest execution of an id comes first.
    if (seen.has(workflowId)) continue;
    seen.add(workflowId);
    const nameless = damaged.get(runIdOf(workflowId));
    if (nameless !== undefined) listed.delete(nameless.workflowId);
    const run = listed.get(workflowId) ?? nameless;
    const open = status.name === 'RUNNING';
    // The home says more of a finished run; one that only seems open there was ended from outside.
    if (run !== undefined && run !== nameless && !open && run.status !== 'running') continue;
    listed.set(workflowId, {
      ...(run ?? NOTHING_KNOWN),
      runId: runIdOf(workflowId),
      workflowId,
      status: open ? 'running' : (nameless?.status ?? status.name.toLowerCase()),
      startedAt: startTime.toISOString(),
      finishedAt: null,
    });
  }
  return [...listed.values()].toSorted(latestFirst);
}

const latestFirst = (left: RunListing, right: RunListing): number =>
  left.startedAt < right.startedAt ? 1 : left.startedAt > right.startedAt ? -1 : 0;

const NOTHING_KNOWN = {
  scenario: undefined,
  requestedBy: undefined,
  targetGrowth: undefined,
  finalGrowth: undefined,
};

function stored({ record, ended }: RunBrief): RunListing {
  const { run_id, workflow_id, started_at, finished_at, spec } = record;
  return {
    runId: run_id,
    workflowId: workflow_id,
    status: ended?.status ?? 'running',
    startedAt: started_at,
    finishedAt: finished_at,
    scenario: spec?.scenario,
    requestedBy: spec?.requested_by,
    targetGrowth: spec?.target,
    finalGrowth: ended?.final_growth ?? undefined,
  };
}
