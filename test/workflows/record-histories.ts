/**
 * Records one history of every course that a run can take, for the replay test. Record anew only when a change of the
 * workflows is meant to break runs in flight: MERITLOOP_RECORD_HISTORIES=1 npx jest test/workflows/replay
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { RunHandle } from '../../src/client.js';
import { loadConfig } from '../../src/config.js';
import { failure } from '../../src/errors.js';
import { holdSimulations, startRig, type Rig, type TestServer } from './environment.js';

const SMALL = { target: 3, years: '2025-2026', tune: ['cola_rate' as const], requested_by: 'ann' };

const COURSES: Record<string, (rig: Rig) => Promise<RunHandle>> = {
  converged: async ({ client }) => client.startOptimization({ ...SMALL, apply: 'on-convergence' }),
  infeasible: async ({ client }) => client.startOptimization({ ...SMALL, target: 40 }),
  failed: async (rig) => {
    rig.simulator.onSimulate = async () => {
      throw failure('ENGINE_FAILED', { engine: 'plan', step: 'flow', detail: 'disk full' });
    };
    return rig.client.startOptimization(SMALL);
  },
  cancelled: async (rig) => {
    const held = holdSimulations(rig, 3);
    const run = await rig.client.startOptimization(SMALL);
    await held.reached;
    await run.cancel();
    return run;
  },
  stopped: async (rig) => {
    const held = holdSimulations(rig, 1);
    const run = await rig.client.startOptimization({ ...SMALL, max_iterations: 1 });
    await held.reached;
    await run.setMaxIterations(4);
    await run.pause();
    held.release();
    await run.resume();
    await run.stopAndKeepBest();
    return run;
  },
  approved: async ({ client }) => {
    const run = await client.startOptimization({ ...SMALL, apply: 'after-approval' });
    while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
    await run.approve({ by: 'ben' });
    return run;
  },
};

export async function recordHistories(server: TestServer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [course, start] of Object.entries(COURSES)) {
    const rig = await startRig(server);
    try {
      const run = await start(rig);
      await run.result().catch(() => {});
      await save(server, run.workflowId, path.join(folder, `${course}.json`));
      if (course !== 'converged') continue;
      await rig.client.summarize(run.runId);
      await save(server, `optimization-results-summary/${run.runId}`, path.join(folder, 'summary.json'));
    } finally {
      await rig.close();
    }
  }
}

async function save({ environment }: TestServer, workflowId: string, file: string): Promise<void> {
  const executable = path.join(loadConfig({}, {}).projectRoot, '.venv', 'bin', 'temporal');
  const ask = [
    'workflow',
    'show',
    '--output',
    'json',
    '--address',
    environment.address,
    '--workflow-id',
    workflowId,
  ];
  const { stdout } = await execa(executable, ask);
  // Nothing of the machine that recorded it: its name and its paths.
  const text = JSON.stringify(JSON.parse(stdout), (key, value: unknown) =>
    key === 'identity' || key === 'stackTrace' ? '' : value,
  );
  await writeFile(file, `${text}\n`);
}
