/** Worker and server are killed in the middle of a run: it goes on elsewhere and ends the same. Real processes, real simulations. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMeritloop, type MeritloopClient, type OptimizationResult } from '../../src/client.js';
import { loadConfig } from '../../src/config.js';
import { readServerRecord } from '../../src/temporal/server-record.js';

const { projectRoot } = loadConfig({}, {});
const REQUEST = { target: 2, tolerance: 0.001, strategy: 'conservative' } as const;

let home: string;
let client: MeritloopClient;
let workers: ChildProcess[];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-killed-'));
  workers = [];
  client = await connectMeritloop({ config: loadConfig({ home }, {}) });
});

afterEach(async () => {
  for (const worker of workers) await kill(worker);
  await client.close();
  await rm(home, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const worker = spawn(
    process.execPath,
    [path.join(projectRoot, 'bin', 'meritloop'), 'worker', '--home', home],
    {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

const ofTheRun = ({ status, initial_growth, final_growth, levers, simulation_id }: OptimizationResult) => ({
  status,
  initial_growth,
  final_growth,
  levers,
  simulation_id,
});

test.each(['worker', 'server', 'worker and server'])(
  'a run whose %s is killed ends as an undisturbed one',
  async (victim) => {
    const first = startWorker();
    const run = await client.startOptimization(REQUEST, { id: 'disturbed' });
    // Held after the baseline and let go just before the kill: it strikes while the run is at work.
    await run.pause();
    while ((await run.progress()).history.length === 0) await sleep(50);
    await run.resume();
    if (victim.includes('worker')) {
      await kill(first);
      startWorker();
    }
    if (victim.includes('server')) {
      const record = await readServerRecord({ home });
      process.kill(-(record?.process?.pid ?? 0), 'SIGKILL');
    }
    const disturbed = await run.result();
    const { simulation_id } = disturbed;
    const tables = await readFile(
      path.join(home, 'simulations', simulation_id, 'fct_workforce_snapshot.parquet'),
    );

    await rm(path.join(home, 'simulations'), { recursive: true });
    const undisturbed = await (await client.startOptimization(REQUEST, { id: 'undisturbed' })).result();
    expect(ofTheRun(disturbed)).toEqual(ofTheRun(undisturbed));
    expect(
      tables.equals(
        await readFile(path.join(home, 'simulations', simulation_id, 'fct_workforce_snapshot.parquet')),
      ),
    ).toBe(true);
  },
);
