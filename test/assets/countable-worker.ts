/** A worker process that serves made-up assets; started by tests that kill it. Arguments: address, task queue, home, log file. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDependencies } from '../../src/dependencies.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/shared/log.js';
import { connectWorker } from '../../src/temporal/connection.js';
import { createWorker } from '../../src/worker.js';
import { backfillAssets } from './backfill-assets.js';
import { countableHost } from './countable-host.js';

const [address = '', taskQueue = '', home = '', log = ''] = process.argv.slice(2);
const config = { ...loadConfig({ home, logLevel: 'silent' }, {}), taskQueue };
const logger = createLogger(config);
const connection = await connectWorker(config, address);
const dependencies = createDependencies(config, logger);
const assets = countableHost(backfillAssets(), dependencies.catalog, log);
assets.onStep = () => sleep(20);
const worker = await createWorker({ ...dependencies, assets, connection });
await worker.run();
