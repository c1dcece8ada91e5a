/**
 * Records one history of every course that a run can take, for the replay test. Record anew only when a change of the
 * workflows is meant to break runs in flight: MERITLOOP_RECORD_HISTORIES=1 npx jest test/workflows/replay
 * (or the start of a name instead of 1, to record those alone)
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { RunHandle } from '../../src/client/meritloop.js';
import { loadConfig } from '../../src/config.js';
import { failure } from '../../src/shared/errors/errors.js';
import { holdSimulations, moveLevers, startRig, type Rig, type TestServer } from './environment.js';
import { startWithHistoryLimit } from './history-limit.js';
import { GRIDS, runGrid } from '../grids/record-grids.js';
import { MATERIALIZATIONS, runMaterialization } from '../assets/record-materializations.js';

const SMALL = { target: 3, years: '2025-2026', tune: ['cola_rate' as const], requested_by: 'ann' };

const HISTORY_LIMIT = 50;

const COURSES: Record<string, (rig: Rig, server: TestServer) => Promise<RunHandle>> = {
  anew,
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
  paused: async (rig) => {
    const held = holdSimulations(rig, 0);
    const run = await rig.client.startOptimization(SMALL);
    await held.reached;
    await run.pause();
    held.release();
    while ((await run.progress()).phase !== 'paused') await sleep(20);
    await sleep(500);
    await run.resume();
    return run;
  },
  moved: async (rig) => {
    const held = holdSimulations(rig, 1);
    const run = await rig.client.startOptimization({ ...SMALL, apply: 'on-convergence' });
    await held.reached;
    await moveLevers(rig);
    held.release();
    return run;
  },
  expired: async ({ client }) => {
    const approval = { apply: 'after-approval' as const, approvers: ['ben'], approval_expires: '3s' };
    const run = await client.startOptimization({ ...SMALL, ...approval, approval_reminder: '1s' });
    while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
    await run.delegate({ by: 'ben', to: 'cora' });
    return run;
  },
  seeds: async (rig) => {
    const held = holdSimulations(rig, 1);
    const run = await rig.client.startOptimization({ ...SMALL, seeds: 3 });
    await held.reached;
    await run.pause();
    held.release();
    while ((await run.progress()).phase !== 'paused') await sleep(20);
    await run.resume();
    return run;
  },
  approved: async ({ client }) => {
    const run = await client.startOptimization({ ...SMALL, apply: 'after-approval' });
    while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
    await run.approve({ by: 'ben' });
    return run;
  },
  // Those before are of releases whose words nobody signed.
  'signed-decision': async ({ client }) => {
    const asked = { apply: 'after-approval' as const, approvers: ['ben'] };
    const run = await client.startOptimization({ ...SMALL, ...asked });
    while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
    await run.delegate({ by: 'ben', to: 'cora' });
    await run.approve({ by: 'cora', comment: 'as agreed' });
    return run;
  },
  'signed-start': async ({ client }) => client.startOptimization({ ...SMALL, apply: 'on-convergence' }),
};

/** Goes on anew after its baseline, and once more while it waits for approval. */
async function anew(rig: Rig, server: TestServer): Promise<RunHandle> {
  const run = await startWithHistoryLimit(
    server,
    rig,
    'anew',
    { ...SMALL, apply: 'after-approval' },
    HISTORY_LIMIT,
  );
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
  for (let message = 0; message < HISTORY_LIMIT / 4; message += 1) {
    await run.pause();
    await run.resume();
    await sleep(20);
  }
  await run.approve({ by: 'ben' });
  return run;
}

/** @param wanted the start of the names to record; `1` for all */
export async function recordHistories(server: TestServer, folder: string, wanted: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const isWanted = (name: string) => wanted === '1' || name.startsWith(wanted);
  for (const [name, course] of Object.entries(MATERIALIZATIONS)) {
    if (isWanted(name))
      await runMaterialization(server, name, course, (workflowId) =>
        save(server, workflowId, path.join(folder, `${name}.json`)),
      );
  }
  for (const [name, course] of Object.entries(GRIDS)) {
    if (!isWanted(name)) continue;
    await runGrid(server, course, async (workflowId) => {
      await save(server, workflowId, path.join(folder, `${name}.json`));
      if (name === 'grid-anew') await saveEarlier(server, workflowId, folder, `${name}-first`);
    });
  }
  if (isWanted('simulated')) await saveSimulation(server, path.join(folder, 'simulated.json'));
  for (const [course, start] of Object.entries(COURSES)) {
    if (!isWanted(course)) continue;
    const rig = await startRig(server);
    try {
      const run = await start(rig, server);
      await run.result().catch(() => {});
      await save(server, run.workflowId, path.join(folder, `${course}.json`));
      if (course === 'anew') await saveEarlier(server, run.workflowId, folder, 'anew-first');
      if (course !== 'converged') continue;
      await rig.client.summarize(run.runId);
      await save(server, `optimization-results-summary/${run.runId}`, path.join(folder, 'summary.json'));
    } finally {
      await rig.close();
    }
  }
}

/** A simulation that was asked for by itself, as the page and other services do. */
async function saveSimulation(server: TestServer, file: string): Promise<void> {
  const rig = await startRig(server);
  try {
    const { job } = await rig.client.simulations.start({ years: '2025-2026', requested_by: 'ann' });
    while ((await rig.client.simulations.show(job.job_id)).status === 'running') await sleep(20);
    await save(server, job.workflow_id, file);
  } finally {
    await rig.close();
  }
}

/** The execution that the recorded one went on from. */
async function saveEarlier(
  server: TestServer,
  workflowId: string,
  folder: string,
  name: string,
): Promise<void> {
  const { raw } = await server.environment.client.workflow.getHandle(workflowId).describe();
  const first = raw.workflowExecutionInfo?.firstRunId ?? '';
  await save(server, workflowId, path.join(folder, `${name}.json`), first);
}

async function save(
  { environment }: TestServer,
  workflowId: string,
  file: string,
  execution?: string,
): Promise<void> {
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
    ...(execution === undefined ? [] : ['--run-id', execution]),
  ];
  const { stdout } = await execa(executable, ask);
  // Nothing of the machine that recorded it: its name and its paths.
  const text = JSON.stringify(JSON.parse(stdout), (key, value: unknown) =>
    key === 'identity' || key === 'stackTrace' ? '' : value,
  );
  await writeFile(file, `${text}\n`);
}
