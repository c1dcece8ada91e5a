/** A company's namespace on the Temporal server: made when the company is first worked on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { connectOptions } from './connection.js';
import { RETENTION } from './server-process.js';

/** Number of gRPC's ALREADY_EXISTS. */
const ALREADY_EXISTS = 6;
/** Number of gRPC's NOT_FOUND. */
const NOT_FOUND = 5;
const KNOWN_WITHIN_MS = 30_000;
const PAUSE_MS = 50;

/**
 * Makes the namespace of the configuration's company where it is not there; another process doing the same is no error.
 * @throws MeritloopError NAMESPACE_REFUSED where the server lets nobody make one, SERVER_UNREACHABLE
 */
export function ensureNamespace(config: Config, address: string): Promise<void> {
  const namespace = config.temporalNamespace;
  return withConnection(config, address, async (connection) => {
    await connection.workflowService.describeNamespace({ namespace }).catch(async (error: unknown) => {
      if (codeOf(error) !== NOT_FOUND) throw error;
      await register(connection, namespace);
    });
    await untilKnown(connection, namespace);
  });
}

async function withConnection(
  config: Config,
  address: string,
  use: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await Connection.connect(connectOptions(config, address)).catch((error: unknown) => {
    throw failure('SERVER_UNREACHABLE', { address, detail: (error as Error).message }, error);
  });
  try {
    await use(connection);
  } catch (error) {
    const { temporalNamespace: namespace } = config;
    throw failure('NAMESPACE_REFUSED', { namespace, address, detail: (error as Error).message }, error);
  } finally {
    await connection.close();
  }
}

/** Its runs and schedules go with it. @throws MeritloopError NAMESPACE_REFUSED, SERVER_UNREACHABLE */
export function removeNamespace(config: Config, address: string): Promise<void> {
  const namespace = config.temporalNamespace;
  return withConnection(config, address, async (connection) => {
    await connection.operatorService.deleteNamespace({ namespace });
  });
}

async function register(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(RETENTION),
    });
  } catch (error) {
    if (codeOf(error) !== ALREADY_EXISTS) throw error;
  }
}

/** The server's parts hear of a new namespace one after the other, within a second or ten. */
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if (codeOf(error) !== NOT_FOUND || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
