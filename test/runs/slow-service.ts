/** Homes with a small company, and workers on the slow database: in this process, or as processes that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { generateCensus } from '../../src/census/generate.js';
import { createClient, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createWorker } from '../../src/worker.js';
import { startTestServer, type TestServer } from '../workflows/environment.js';
import { HELD, slowDependencies, YEARS, type Gate } from './slow-engine.js';
import type { SlowWorker } from './slow-worker.js';

const EMPLOYEES = 200;
const COMPANY = 'company.parquet';
const SCRIPT = fileURLToPath(new URL('slow-worker.ts', import.meta.url));

export interface SlowService {
  readonly server: TestServer;
  openHome(): Promise<SlowHome>;
  close(): Promise<void>;
}

export interface SlowHome {
  readonly home: string;
  readonly config: Config;
  readonly client: MeritloopClient;
  /** Works here until it is stopped. */
  startWorker(gate?: Gate): Promise<{ stop(): Promise<void> }>;
  spawnWorker(options: Partial<Pick<SlowWorker, 'hold' | 'yearMs'>>): ChildProcess;
  /** Until a worker process waits in its phase. */
  untilHeld(): Promise<void>;
}

/** What a run asks for that makes at least one iteration and publishes its levers. */
export const REQUEST = {
  census: COMPANY,
  years: YEARS,
  target: 2,
  tolerance: 0.01,
  apply: 'on-convergence',
  requested_by: 'ann',
} as const;

export async function startSlowService(): Promise<SlowService> {
  const root = await mkdtemp(path.join(tmpdir(), 'meritloop-slow-'));
  const server = await startTestServer();
  const company = path.join(root, COMPANY);
  const bundle = path.join(root, 'workflows.js');
  await generateCensus({ employees: EMPLOYEES, seed: 5, out: company, baselineDate: '2024-12-31' });
  await writeFile(bundle, 'code' in server.bundle ? server.bundle.code : '');
  const closers: (() => Promise<unknown>)[] = [];

  const openHome = async (): Promise<SlowHome> => {
    const home = await mkdtemp(path.join(root, 'home-'));
    const config = { ...loadConfig({ home, logLevel: 'silent' }, {}), taskQueue: path.basename(home) };
    const { address, client } = server.environment;
    await copyFile(company, path.join(home, COMPANY));
    return {
      home,
      config,
      client: createClient(client, config, { address, uiAddress: undefined }, async () => {}),
      async startWorker(gate = async () => {}) {
        const dependencies = slowDependencies(config, gate);
        const connection = server.environment.nativeConnection;
        const worker = await createWorker({ ...dependencies, connection, bundle: server.bundle });
        const ended = worker.run();
        let stopping: Promise<void> | undefined;
        const stop = (): Promise<void> =>
          (stopping ??= (async () => {
            worker.shutdown();
            await ended;
            await dependencies.simulator.close();
          })());
        closers.push(stop);
        return { stop };
      },
      spawnWorker({ hold = null, yearMs = 0 }) {
        const { taskQueue } = config;
        const options: SlowWorker = { home, taskQueue, address, bundle, hold, yearMs };
        const worker = spawn(process.execPath, ['--import', 'tsx', SCRIPT, JSON.stringify(options)], {
          stdio: ['ignore', 'ignore', 'inherit'],
          cwd: config.projectRoot,
          env: { ...process.env, NODE_OPTIONS: '' },
        });
        closers.push(() => endProcess(worker, 'SIGKILL'));
        return worker;
      },
      async untilHeld() {
        while (!(await exists(path.join(home, HELD)))) await sleep(50);
      },
    };
  };
  return {
    server,
    openHome,
    async close() {
      await Promise.all(closers.map((closer) => closer()));
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Returns the exit code; null after a signal that ends at once. */
export async function endProcess(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode === null && worker.signalCode === null) {
    worker.kill(signal);
    await once(worker, 'exit');
  }
  return worker.exitCode;
}

const HALF_MADE = /\.draft|\.partial|^dbt@|^spill@|^\.[0-9a-f]{32}\./;

/** Files and folders that no finished work leaves. */
export async function halfMade(home: string): Promise<string[]> {
  const names = await readdir(home, { recursive: true });
  return names.filter((name) => HALF_MADE.test(path.basename(name)));
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
