/** The product as its users run it: a home of its own, the embedded server, and workers as processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectMeritloop, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { readServerRecord } from '../../src/temporal/server-record.js';

export interface Service {
  readonly config: Config;
  readonly client: MeritloopClient;
  startWorker(): ChildProcess;
  killWorker(worker: ChildProcess): Promise<void>;
  killServer(): Promise<void>;
  close(): Promise<void>;
}

export async function startService(name: string): Promise<Service> {
  const home = await mkdtemp(path.join(tmpdir(), `meritloop-${name}-`));
  const config = loadConfig({ home }, {});
  const client = await connectMeritloop({ config });
  const workers: ChildProcess[] = [];
  const killWorker = async (worker: ChildProcess) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  };
  return {
    config,
    client,
    startWorker() {
      const bin = path.join(config.projectRoot, 'bin', 'meritloop');
      const worker = spawn(process.execPath, [bin, 'worker', '--home', home], {
        stdio: 'ignore',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      workers.push(worker);
      return worker;
    },
    killWorker,
    async killServer() {
      const record = await readServerRecord({ home });
      process.kill(-(record?.process?.pid ?? 0), 'SIGKILL');
    },
    async close() {
      for (const worker of workers) await killWorker(worker);
      await client.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
