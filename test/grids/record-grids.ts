/** The courses that a grid can take, for the recorded histories. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GridHandle, GridRequestInput } from '../../src/client/meritloop.js';
import { failure } from '../../src/shared/errors/errors.js';
import { gridWorkflowId } from '../../src/runs/run-id.terms.js';
import { holdSimulations, startRig, type Rig, type TestServer } from '../workflows/environment.js';

const FEW: GridRequestInput = {
  targets: [3],
  seeds: [1, 2, 3],
  years: '2025-2026',
  tune: ['cola_rate'],
  requested_by: 'ann',
};
const HISTORY_LIMIT = 40;

type Course = (rig: Rig, server: TestServer) => Promise<GridHandle>;

export const GRIDS: Readonly<Record<string, Course>> = {
  grid: async (rig) => {
    const { simulator } = rig;
    simulator.onSimulate = async (index) => {
      if (simulator.begun[index]?.spec.seed === 2)
        throw failure('GROWTH_UNDEFINED', { metric: 'mean', year: 2025, reason: 'nobody is there' });
    };
    const first = await rig.client.grids.start(FEW, { id: 'grid' });
    await first.result();
    // The cells that had a verdict are found, the one that failed is run.
    simulator.onSimulate = async () => {};
    return rig.client.grids.start(FEW, { id: 'grid', rerun: true });
  },
  'grid-paused': async (rig) => {
    const held = holdSimulations(rig, 0);
    const grid = await rig.client.grids.start(FEW, { id: 'grid-paused' });
    await held.reached;
    await grid.pause();
    held.release();
    while ((await grid.progress()).running.length > 0) await sleep(20);
    await grid.resume();
    return grid;
  },
  'grid-cancelled': async (rig) => {
    const held = holdSimulations(rig, 1);
    const grid = await rig.client.grids.start(FEW, { id: 'grid-cancelled' });
    await held.reached;
    await grid.cancel();
    return grid;
  },
  'grid-anew': async ({ client, config }, { environment }) => {
    await environment.client.workflow.start('optimizationGrid', {
      workflowId: gridWorkflowId('grid-anew'),
      taskQueue: config.taskQueue,
      args: [{ ...FEW, parallel: 1 }],
      memo: { history_limit: HISTORY_LIMIT },
    });
    return client.grids.get('grid-anew');
  },
};

/** Runs a course and hands its workflow's id to `use` while the server still knows it. */
export async function runGrid(
  server: TestServer,
  course: Course,
  use: (workflowId: string) => Promise<void>,
): Promise<void> {
  const rig = await startRig(server);
  try {
    const grid = await course(rig, server);
    await grid.result();
    await use(grid.workflowId);
  } finally {
    await rig.close();
  }
}
