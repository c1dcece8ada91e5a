/** The worker is killed in the middle of a backfill: nothing that was recorded is made again, and nothing is missed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCatalog } from '../../src/assets/catalog/catalog.js';
import { loadConfig } from '../../src/config.js';
import { stepId } from '../../src/assets/graph/steps.js';
import { createLogger } from '../../src/shared/log.js';
import type { materializeAssets } from '../../src/assets/materialize-assets.workflow.js';
import { startTestServer, type TestServer } from '../workflows/environment.js';

let server: TestServer;
let home: string;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  server = await startTestServer();
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-backfill-'));
});
afterAll(async () => {
  for (const worker of workers) await kill(worker);
  await server.close();
  await rm(home, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const { projectRoot } = loadConfig({}, {});
  const script = path.join(projectRoot, 'test', 'assets', 'countable-worker.ts');
  const worker = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      script,
      server.environment.address,
      path.basename(home),
      home,
      path.join(home, 'made.log'),
    ],
    { stdio: 'ignore', cwd: projectRoot, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

const madeSoFar = async (): Promise<string[]> =>
  (await readFile(path.join(home, 'made.log'), 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '');

test('a backfill of a hundred assets, in activities of one and of several', async () => {
  const config = loadConfig({ home, logLevel: 'silent' }, {});
  const catalog = createCatalog(config, createLogger(config));
  const recorded = async (): Promise<string[]> =>
    (await catalog.history({ kinds: ['materialization'], limit: 1000 })).map(({ event }) =>
      stepId(event.asset, event.partition),
    );
  try {
    const first = startWorker();
    const run = await server.environment.client.workflow.start<typeof materializeAssets>(
      'materializeAssets',
      {
        workflowId: 'materialize/backfill',
        taskQueue: path.basename(home),
        args: [{ partitions: '2025..2026' }],
      },
    );
    while ((await madeSoFar()).length < 90) await sleep(50);
    await kill(first);
    const atDeath = new Set(await recorded());
    expect(atDeath.size).toBeGreaterThan(80);
    expect(atDeath.size).toBeLessThan(200);
    startWorker();
    const { ran, reused, failed, blocked } = await run.result();
    expect({ steps: ran + reused, failed, blocked }).toEqual({ steps: 200, failed: 0, blocked: 0 });

    const all = await recorded();
    expect([all.length, new Set(all).size]).toEqual([200, 200]);
    const made = await madeSoFar();
    expect(new Set(made).size).toBe(200);
    expect([...atDeath].filter((id) => made.filter((other) => other === id).length !== 1)).toEqual([]);
  } finally {
    await catalog.close();
  }
}, 120_000);
