/** A worker process on the slow database, which a test can kill: node --import tsx slow-worker.ts, see {@link SlowWorker}. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { loadConfig } from '../../src/config.js';
import { createWorker } from '../../src/worker.js';
import { holdIn, slowDependencies, type Phase } from './slow-engine.js';

/** The one argument, as JSON. */
export interface SlowWorker {
  readonly home: string;
  readonly taskQueue: string;
  readonly address: string;
  /** File with the workflows' code. */
  readonly bundle: string;
  /** Hold in the middle of a phase, or make each simulated year wait so long. */
  readonly hold: Phase | null;
  readonly yearMs: number;
}

const { home, taskQueue, address, bundle, hold, yearMs } = JSON.parse(process.argv[2] ?? '{}') as SlowWorker;
Runtime.install({ logger: new DefaultLogger('ERROR') });
const config = { ...loadConfig({ home, logLevel: 'silent' }, {}), taskQueue };
const connection = await NativeConnection.connect({ address });
const dependencies = slowDependencies(
  config,
  hold === null ? (_, signal) => sleep(yearMs, undefined, { signal }) : holdIn(home, hold),
);
const worker = await createWorker({ ...dependencies, connection, bundle: { codePath: bundle } });
await worker.run();
await dependencies.simulator.close();
await connection.close();
