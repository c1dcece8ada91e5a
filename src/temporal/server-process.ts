/** Starts the process of the embedded Temporal server, and tells whether it answers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { chooseCountersPort } from './choose-ports.js';
import { isListening } from './free-ports.js';
import { startedForOwner } from '../shared/files/owner-only.js';
import { SEARCH_ATTRIBUTES } from './search-attribute-keys.js';
import { serverPaths, type ServerRecord } from './server-record.js';
import { SERVER_SETTINGS } from './server-settings.js';

/** Finished runs stay visible in Temporal's web page this long; the development server's own default is a day. */
export const RETENTION = '90 days';

export const temporalExecutable = ({ projectRoot }: Pick<Config, 'projectRoot'>): string =>
  path.join(projectRoot, '.venv', 'bin', 'temporal');

/** The same flags each time: after a kill the server finds its database, namespace and search attributes again. */
const serverFlags = (
  config: Config,
  { port, ui_port, page_host = '127.0.0.1', page_port = ui_port }: ServerRecord,
  countersPort: number | undefined,
): string[] => {
  const flags = {
    // Relative to its working folder: the program reads `#`, `?` and `%20` of a whole path as parts of an address.
    'db-filename': path.basename(serverPaths(config).database),
    ip: '127.0.0.1',
    port,
    'ui-ip': page_host,
    'ui-port': page_port,
    namespace: config.temporalNamespace,
    'log-level': 'warn',
    ...(countersPort === undefined ? {} : { 'metrics-port': countersPort }),
  };
  const attributes = Object.entries(SEARCH_ATTRIBUTES).map(
    ([name, type]) => `--search-attribute=${name}=${type}`,
  );
  const valued = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  return ['server', 'start-dev', ...valued, ...attributes, ...SERVER_SETTINGS, '--ui-disable-news-fetch'];
};

/**
 * Starts the server in a session of its own, so that it outlives this process and its terminal.
 * @throws MeritloopError TEMPORAL_MISSING when the executable is not there
 */
export async function spawnServer(
  config: Config,
  record: ServerRecord,
): Promise<ChildProcess & { pid: number }> {
  const { folder, log: logFile } = serverPaths(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const log = await open(logFile, 'a', 0o600);
  const executable = temporalExecutable(config);
  const flags = serverFlags(config, record, await chooseCountersPort());
  try {
    // Also for a process of somebody else's that uses the typed client.
    const child = startedForOwner(() =>
      spawn(executable, flags, {
        cwd: folder,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      }),
    );
    await once(child, 'spawn');
    child.unref();
    return child as ChildProcess & { pid: number };
  } catch (error) {
    throw failure('TEMPORAL_MISSING', { path: executable }, error);
  } finally {
    await log.close();
  }
}

/** True when the server answers and knows the namespace. */
export async function isHealthy(address: string, namespace: string): Promise<boolean> {
  // The client keeps trying a refused port until its timeout: look first.
  if (!(await isListening(address))) return false;
  let connection: Connection;
  try {
    connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
  } catch {
    // Not listening, or not ready: the caller decides whether to wait.
    return false;
  }
  try {
    await connection.withDeadline(Date.now() + 2000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/** @throws MeritloopError SERVER_UNREACHABLE when the server has ceased to answer */
export async function keepFinishedRuns(address: string, namespace: string): Promise<void> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '5 seconds' });
    try {
      await connection.withDeadline(Date.now() + 5000, () =>
        connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
        }),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw failure('SERVER_UNREACHABLE', { address, detail: (error as Error).message, hung: true }, error);
  }
}
