/** The worker process: serves the workflows and activities of one home folder on the task queue, and logs where it is told. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  Worker,
  type NativeConnection,
  type WorkflowBundleOption,
  DefaultLogger,
  bundleWorkflowCode,
  Runtime,
  makeTelemetryFilterString,
  type LogLevel,
} from '@temporalio/worker';
import { createActivities } from './activities/index.js';
import type { ActivityDependencies } from './ports.js';
import { createNexusService } from './assets/nexus/handler.js';
import { registerSearchAttributes } from './temporal/search-attributes.js';
import type { Logger } from './shared/log.js';

/** Simulations use every core; a second one fills the time in which the first reads and writes. */
const CONCURRENT_ACTIVITIES = 2;
const CACHED_WORKFLOWS = 200;
const SHUTDOWN_GRACE = '5 seconds';
/** A cancellation reaches an activity with the answer to a heartbeat: the default would let it wait 8 s. */
const HEARTBEAT_THROTTLE = '1 second';
/** Half of the default: after a worker was killed, its workflows go on elsewhere that much sooner. */
const STICKY_TIMEOUT = '5 seconds';

export interface WorkerOptions extends ActivityDependencies {
  readonly connection: NativeConnection;
  /** Default: the prebuilt bundle, or one made from the sources, which takes seconds. */
  readonly bundle?: WorkflowBundleOption;
}

/** Registers missing search attributes, then makes the worker; run it with `worker.run()` or `worker.runUntil(…)`. */
export async function createWorker({ connection, bundle, ...dependencies }: WorkerOptions): Promise<Worker> {
  const { config } = dependencies;
  const [workflowBundle] = await Promise.all([
    bundle ?? loadWorkflowBundle(),
    registerSearchAttributes(connection, config.temporalNamespace),
  ]);
  return Worker.create({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    workflowBundle,
    activities: createActivities(dependencies),
    ...(config.nexus ? { nexusServices: [createNexusService()] } : {}),
    maxConcurrentActivityTaskExecutions: CONCURRENT_ACTIVITIES,
    maxCachedWorkflows: CACHED_WORKFLOWS,
    shutdownGraceTime: SHUTDOWN_GRACE,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    workerDeploymentOptions: {
      version: { deploymentName: 'meritloop', buildId: await buildIdOf(workflowBundle) },
      useWorkerVersioning: false,
    },
  });
}

/** Names the workflow code, so that Temporal shows which build did what. */
async function buildIdOf(bundle: WorkflowBundleOption): Promise<string> {
  const code = 'code' in bundle ? bundle.code : await readFile(bundle.codePath);
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The prebuilt bundle beside the compiled product; otherwise bundles the sources, which takes seconds. */
async function loadWorkflowBundle(): Promise<WorkflowBundleOption> {
  const prebuilt = here('./workflow-bundle.js');
  return existsSync(prebuilt) ? { codePath: prebuilt } : bundleWorkflows();
}

function bundleWorkflows(): Promise<{ code: string }> {
  const compiled = here('./workflows/index.js');
  return bundleWorkflowCode({
    workflowsPath: existsSync(compiled) ? compiled : here('./workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  });
}

const PINO_LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

let isInstalled = false;

/**
 * Sends what Temporal's SDK and its native core log to the process's own logger.
 * Call it before any other use of a worker or a native connection.
 * @param shutdownSignals false where the caller handles SIGINT and SIGTERM itself
 */
export function installRuntime(
  logger: Logger,
  { shutdownSignals = true }: { readonly shutdownSignals?: boolean } = {},
): void {
  // A process that works for several companies asks for each.
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    logger: new DefaultLogger('INFO' satisfies LogLevel, ({ level, message, meta }) => {
      logger[PINO_LEVELS[level]](meta ?? {}, message);
    }),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
    ...(shutdownSignals ? {} : { shutdownSignals: [] }),
  });
}
