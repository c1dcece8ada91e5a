/** Removes a company with what Temporal has of it, unless somebody still works for it. */
import { connectMeritloop } from '../client/meritloop.js';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { acquireServer } from '../temporal/embedded-server.js';
import { removeNamespace } from '../temporal/namespaces.js';
import { Companies } from './companies.js';
import { companyConfig } from './company-config.js';
import { isSample } from './company-paths.js';

/** @throws MeritloopError COMPANY_UNKNOWN, COMPANY_FIXED for the sample, COMPANY_BUSY naming the runs at work */
export async function removeCompany(config: Config, name: string, logger: Logger): Promise<void> {
  const companies = new Companies(config);
  if (!isSample(name)) await leaveTemporal(companyConfig(config, name), logger);
  await companies.remove(name);
}

async function leaveTemporal(of: Config, logger: Logger): Promise<void> {
  const server = await acquireServer(of, logger);
  try {
    const runs = await openRuns(of, logger);
    if (runs.length > 0) throw failure('COMPANY_BUSY', { company: of.company.name, runs });
    // On an outside server the namespace may be somebody else's to remove.
    if (server.embedded) await removeNamespace(of, server.address);
  } finally {
    await server.release();
  }
}

async function openRuns(config: Config, logger: Logger): Promise<string[]> {
  const client = await connectMeritloop({ config, logger });
  try {
    const runs = await client.listRuns();
    return runs.filter(({ status }) => status === 'running').map(({ runId }) => runId);
  } finally {
    await client.close();
  }
}
