/** Runs a graph without Temporal: plans, then makes batch after batch, as the workflow does. */
import { executeBatch, recordFailure } from '../../src/assets/execute-batch.js';
import { lookAtGraph } from '../../src/assets/plan-run.js';
import type { AssetHost } from '../../src/assets/host.js';
import { hash } from '../../src/assets/record-steps.js';
import { MeritloopError } from '../../src/shared/errors/errors.js';
import { planAssets, type PlannedStep } from '../../src/assets/graph/plan.js';
import { resolvePlan } from '../../src/assets/graph/resolved-plan.js';
import { selectAssets } from '../../src/assets/graph/selection/select.js';

export async function planOf(host: AssetHost, select = '*', config = {}): Promise<readonly PlannedStep[]> {
  const { graph, world } = await lookAtGraph(host, config);
  return planAssets(graph, world, { keys: selectAssets(graph, select), config }, hash).steps;
}

export const running = (steps: readonly PlannedStep[]): string[] =>
  steps.filter(({ action }) => action === 'run').map(({ id }) => id);

/** Returns how many steps ran, and the errors of batches that failed for good. */
export async function materialize(host: AssetHost, run: string, select = '*', config = {}) {
  const { graph, world } = await lookAtGraph(host, config);
  const request = { keys: selectAssets(graph, select), config, run };
  const plan = resolvePlan(graph, world, request, hash);
  const now = () => new Date();
  const total = { reused: 0, blocked: 0, errors: [] as MeritloopError[] };
  for (const index of plan.batches.keys()) {
    try {
      const report = await executeBatch(host, plan, index, { signal: new AbortController().signal, now });
      total.reused += report.reused;
      total.blocked += report.blocked;
    } catch (error) {
      if (!(error instanceof MeritloopError)) throw error;
      total.errors.push(error);
      total.blocked += (await recordFailure(host, plan, index, error, now)).blocked;
    }
  }
  const made = await host.catalog.history({ run, kinds: ['materialization'], limit: 100_000 });
  return { ...total, ran: made.length };
}
