/** Puts the server together on a client that the caller keeps. */
import path from 'node:path';
import { connectMeritloop, type MeritloopClient } from '../client/meritloop.js';
import type { Config } from '../config.js';
import type { Logger } from '../shared/log.js';
import { ResultReader } from '../simulation/results/reader.js';
import type { Access } from './access.js';
import { createApp, type AppOptions } from './app.js';
import { CompanyApps, type CompanyApp } from './companies/company-apps.js';
import { DEFAULT_LIMITS, type ServerContext, type UploadLimits } from './context.js';
import { Feeds } from './feeds.js';
import { listen, type Address, type Listening } from './listen.js';

export interface ServerOptions extends Address {
  readonly config: Config;
  readonly logger: Logger;
  readonly client: MeritloopClient;
  /** Connects to another company of the home; default: somebody else works for it. The server closes what it is given. */
  readonly openCompany?: (config: Config) => Promise<MeritloopClient>;
  readonly access: Access;
  readonly version: string;
  readonly allowedHosts?: readonly string[];
  readonly limits?: UploadLimits;
  /** Folder of the built page; default: the product's own. */
  readonly page?: string;
}

/** @throws MeritloopError PORT_IN_USE, ADDRESS_UNUSABLE */
export async function startServer(options: ServerOptions): Promise<Listening> {
  const { config, client, host, port } = options;
  const { context, ...own } = await openContext(options, config, client);
  const { allowedHosts = [], page = path.join(config.projectRoot, 'dist', 'web') } = options;
  const site = { page, host, allowedHosts };
  const companies = new CompanyApps(config, (of) => openApp(options, of, site));
  const app = createApp(context, { ...site, companyApp: (name) => companies.of(name) });
  const listening = await listen(app.fetch, { host, port });
  return {
    ...listening,
    async close() {
      // Streams of events never end by themselves.
      own.endStreams();
      await companies.close();
      await listening.close();
      await own.close();
    },
  };
}

async function openContext(options: ServerOptions, config: Config, client: MeritloopClient) {
  const { logger, access, version, limits = DEFAULT_LIMITS } = options;
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
    limits,
    startedAt: Date.now(),
  };
  return { context, endStreams: () => feeds.close(), close: () => results.close() };
}

/** What answers for another company than the server's own. */
async function openApp(options: ServerOptions, config: Config, site: AppOptions): Promise<CompanyApp> {
  const { logger, openCompany = (of) => connectMeritloop({ config: of, logger }) } = options;
  const client = await openCompany(config);
  try {
    const { context, ...own } = await openContext(options, config, client);
    const app = createApp(context, site);
    return {
      fetch: (request, env) => app.fetch(request, env),
      async close() {
        own.endStreams();
        await own.close();
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}
