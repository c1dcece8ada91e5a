/** Puts the server together on a client that the caller keeps. */
import path from 'node:path';
import type { MeritloopClient } from '../client/meritloop.js';
import type { Config } from '../config.js';
import type { Logger } from '../shared/log.js';
import { ResultReader } from '../simulation/results/reader.js';
import type { Access } from './access.js';
import { createApp } from './app.js';
import { DEFAULT_LIMITS, type ServerContext, type UploadLimits } from './context.js';
import { Feeds } from './feeds.js';
import { listen, type Address, type Listening } from './listen.js';

export interface ServerOptions extends Address {
  readonly config: Config;
  readonly logger: Logger;
  readonly client: MeritloopClient;
  readonly access: Access;
  readonly version: string;
  readonly allowedHosts?: readonly string[];
  readonly limits?: UploadLimits;
  /** Folder of the built page; default: the product's own. */
  readonly page?: string;
}

/** @throws MeritloopError PORT_IN_USE, ADDRESS_UNUSABLE */
export async function startServer(options: ServerOptions): Promise<Listening> {
  const { config, logger, client, access, version, host, port } = options;
  const results = new ResultReader(config);
  await results.open();
  const feeds = new Feeds();
  const context: ServerContext = {
    config,
    logger,
    client,
    access,
    results,
    feeds,
    version,
    limits: options.limits ?? DEFAULT_LIMITS,
    startedAt: Date.now(),
  };
  const app = createApp(context, {
    page: options.page ?? path.join(config.projectRoot, 'dist', 'web'),
    host,
    allowedHosts: options.allowedHosts ?? [],
  });
  const listening = await listen(app.fetch, { host, port });
  return {
    ...listening,
    async close() {
      // Streams of events never end by themselves.
      feeds.close();
      await listening.close();
      await results.close();
    },
  };
}
