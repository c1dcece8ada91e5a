/** All runs as the API lists them: how they stand, what was asked, what people noted on them. */
import type { RunStore } from '../../runs/run-store.js';
import type { MeritloopClient } from '../../client/meritloop.js';
import { runListingDocument } from '../../runs/list-runs.client.js';
import type { ListedRun } from './runs.contract.js';
import { marksOrDamage } from './run-marks.js';
import { requestOf } from './views.js';

/** The latest first. */
export async function listedRuns(
  client: Pick<MeritloopClient, 'listRuns'>,
  runs: RunStore,
): Promise<ListedRun[]> {
  const [listed, briefs] = await Promise.all([client.listRuns(), runs.briefs()]);
  const stored = new Map(briefs.map((brief) => [brief.record.run_id, brief]));
  return listed.map((run) => {
    const brief = stored.get(run.runId);
    return {
      ...runListingDocument(run),
      ...marksOrDamage(runs, run.runId, brief?.marks ?? null),
      request: brief === undefined ? null : requestOf(brief.record),
    };
  });
}
