/** Typed client for other services: `import { connectMeritloop } from 'meritloop/client'`. */
import { randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { approvalTerms } from '../runs/approval-terms.js';
import { signStart } from '../runs/start-word.js';
import { isFailure, createRunStore, type RunEnding } from '../runs/run-store.js';
import { countWorkers } from '../temporal/until-answered.js';
import { describeWorkflow } from '../temporal/describe-workflow.js';
import { createLateCalls, type LateCalls } from './late-calls.js';
import { createRunHandle, type HandleContext, type RunHandle } from '../runs/run-handle.client.js';
import { listRuns, type RunListing } from '../runs/list-runs.client.js';
import { onServer, patiently } from '../temporal/server-failures.js';
import { untilAnswered } from '../temporal/until-answered.js';
import { refuseOther, startOrJoin, type Asked, type Started } from '../temporal/start-or-join.js';
import { loadConfig, type Config } from '../config.js';
import type { RunReport } from '../runs/report.contract.js';
import { optimizationRequest, type OptimizationRequestInput } from '../runs/request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { newRunId, optimizationWorkflowId, START_WORD, summaryWorkflowId } from '../runs/run-id.terms.js';
import { failure } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { connectClient } from '../temporal/connection.js';
import { acquireServer } from '../temporal/embedded-server.js';
import type { optimizationResultsSummary } from '../runs/optimization-results-summary.workflow.js';

export { MeritloopError, type ErrorCode } from '../shared/errors/errors.js';
export type { GridHandle, Grids, GridStart } from '../grids/grids.client.js';
export type { GridListing } from '../grids/list-grids.client.js';
export type { GridProgress, GridRequestInput, GridResult } from '../grids/grid.contract.js';
export type { ImpactCall } from './late-calls.js';
export type { ImpactReport, ImpactRequestInput } from '../impact/impact.contract.js';
export type { OptimizationResult, RunProgress, RunStatus } from '../runs/optimization.contract.js';
export type { RunReport } from '../runs/report.contract.js';
export type { OptimizationRequestInput } from '../runs/request.contract.js';
export type { FollowedProgress, RunHandle, SimulationAtWork } from '../runs/run-handle.client.js';
export type { AssetConfig, AssetConfigs, AssetStart } from '../assets/typed-assets.client.js';
export type { Materialization } from '../assets/materializations.client.js';
export type { RunListing } from '../runs/list-runs.client.js';
export type { NewSchedule, Schedules, Triggered } from '../schedules/schedules.client.js';
export type { SimulationJobs, StartedSimulation } from '../simulation/simulation-jobs.client.js';
export type { ScheduleDetails, ScheduleListing } from '../schedules/schedule-views.client.js';
export type { Scenarios } from '../levers/scenarios.client.js';
export type {
  AutomationCalls,
  AutomationOptions,
  AutomationStatus,
} from '../assets/automation/automation.client.js';
export type { AuditEntry, AuditFilter } from '../levers/audit.contract.js';
export type { ApprovalRecord } from '../runs/approval.contract.js';
export type { Decision, DelegationRequest } from '../runs/messages.workflow.js';

export interface ConnectOptions {
  /** Default: read from the environment (MERITLOOP_HOME, TEMPORAL_ADDRESS, …). */
  readonly config?: Config;
  readonly logger?: Logger;
}

export interface StartOptions {
  /** Names the run. Default: the request's `id`, or one that sorts by time. */
  readonly id?: string;
  /** Starts again under an id that has finished, instead of returning its result. */
  readonly rerun?: boolean;
  /** A run of that id answers whatever became of it. */
  readonly once?: boolean;
}

export interface MeritloopClient extends LateCalls {
  /** Base address of Temporal's web page; undefined for an outside server. */
  readonly uiAddress: string | undefined;
  /**
   * Starts a run. While a run of that id is open it is joined; when one has finished with a result, that is returned.
   * A run that failed, or was cancelled before it had a result, starts anew.
   * @throws MeritloopError REQUEST_INVALID naming the field; REQUEST_DIFFERS where that id was asked for something else
   */
  startOptimization(request?: OptimizationRequestInput, options?: StartOptions): Promise<RunHandle>;
  /** @throws MeritloopError RUN_UNKNOWN */
  getRun(runId: string): Promise<RunHandle>;
  /** Live and past runs, the latest first. */
  listRuns(): Promise<RunListing[]>;
  /** Writes the report of a finished run anew; default: the latest. */
  summarize(runId?: string): Promise<RunReport>;
  /** Asks the server whether it is there. @throws MeritloopError SERVER_UNREACHABLE */
  ping(): Promise<void>;
  /** How many workers poll the task queue. */
  workers(): Promise<number>;
  /** Closes the connection and gives the embedded server back. */
  close(): Promise<void>;
}

/**
 * Connects to the server of the configuration; without an address, starts or joins the home's embedded server.
 * Runs need a worker (`meritloop worker`) on the same home.
 *
 * @example
 * const meritloop = await connectMeritloop();
 * const run = await meritloop.startOptimization({ target: 2.0 });
 * const { status, final_growth } = await run.follow(({ iteration, growth }) => console.log(iteration, growth));
 * await meritloop.close();
 *
 * @throws MeritloopError SERVER_UNREACHABLE, SERVER_START_FAILED, TEMPORAL_MISSING
 */
export async function connectMeritloop({
  config = loadConfig(),
  logger,
}: ConnectOptions = {}): Promise<MeritloopClient> {
  const server = await acquireServer(config, logger);
  try {
    const client = await connectClient(config, server.address);
    const close = async (): Promise<void> => {
      await client.connection.close();
      await server.release();
    };
    return createClient(client, config, server, close);
  } catch (error) {
    await server.release();
    throw error;
  }
}

/** The client on a connection that the caller keeps. */
export function createClient(
  client: Client,
  config: Config,
  { address, uiAddress }: { readonly address: string; readonly uiAddress: string | undefined },
  close: () => Promise<void>,
): MeritloopClient {
  const context: HandleContext = {
    client,
    address,
    uiAddress,
    namespace: config.temporalNamespace,
    runs: createRunStore(config.home),
    home: config.home,
  };
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(address, call);
  const late = createLateCalls(context, config);
  return {
    uiAddress,
    startOptimization: (request = {}, options = {}) =>
      ask(() => start(context, config.taskQueue, request, options)),
    getRun: (runId) => ask(() => findRun(context, runId)),
    listRuns: () => ask(() => listRuns(context)),
    summarize: (runId) => ask(() => summarize(context, config.taskQueue, runId)),
    ...late.calls,
    ping: () =>
      ask(async () => {
        await client.workflowService.getSystemInfo({});
      }),
    workers: () => ask(() => countWorkers(client, config)),
    async close() {
      await late.close();
      await close();
    },
  };
}

async function findRun(context: HandleContext, runId: string): Promise<RunHandle> {
  const run = (await listRuns(context)).find((listed) => listed.runId === runId);
  if (run === undefined) throw failure('RUN_UNKNOWN', { run: runId });
  const known = await describeWorkflow(context.client, run.workflowId);
  const ending = known === undefined ? await context.runs.ending(runId) : undefined;
  return createRunHandle(context, {
    runId,
    workflowId: run.workflowId,
    joined: true,
    executionId: known?.runId,
    ending,
  });
}

async function start(
  context: HandleContext,
  taskQueue: string,
  request: OptimizationRequestInput,
  { id, rerun = false, once = false }: StartOptions,
): Promise<RunHandle> {
  const parse = (input: unknown) => parseRequest(optimizationRequest, input);
  const parsed = parse(id === undefined ? request : { ...request, id });
  // Refused here rather than by a run that has begun.
  approvalTerms(parsed, false);
  const { scenario, target, id: given } = parsed;
  const runId = given ?? newRunId(new Date(), randomBytes(3).toString('hex'));
  const workflowId = optimizationWorkflowId(scenario, runId);
  const asked: Asked = {
    what: 'run',
    id: runId,
    request,
    parsed,
    parse,
    apart: ['id', 'requested_by'],
  };
  const word = await signStart(context.home, request, { workflow: workflowId, each: 'run' });
  let ending: RunEnding | undefined;
  const begin = () =>
    startOrJoin(context.client, context.address, {
      ...asked,
      workflowType: 'compensationOptimizationLoop',
      workflowId,
      taskQueue,
      memo: word === undefined ? {} : { [START_WORD]: word },
      summary: `tune ${scenario} to ${target} %`,
      answers: (status) => once || (!rerun && status === 'COMPLETED'),
      async stored() {
        if (!rerun) ending = await storedEnding(context, asked, workflowId);
        return ending !== undefined;
      },
    });
  // A name that is made here is nobody else's.
  const started = given === undefined ? await begin() : await underName(context, runId, workflowId, begin);
  const { executionId, joined } = started;
  return createRunHandle(context, { runId, workflowId, executionId, joined, ending });
}

/** Each scenario has workflows of its own, so Temporal does not see that the id is taken: the home does. */
async function underName(
  { client, address, runs }: HandleContext,
  runId: string,
  workflowId: string,
  begin: () => Promise<Started>,
): Promise<Started> {
  const isKnown = async (other: string): Promise<boolean> =>
    (await patiently(() => describeWorkflow(client, other), address)) !== undefined;
  const started = await runs.underName({ run_id: runId, workflow_id: workflowId }, isKnown, begin);
  if (started === undefined)
    throw failure('REQUEST_DIFFERS', { what: 'run', id: runId, fields: ['scenario'] });
  return started;
}

/** How that run ended, where it ended with a result; the home keeps it when Temporal has forgotten the run. */
async function storedEnding(
  { runs }: HandleContext,
  asked: Asked,
  workflowId: string,
): Promise<RunEnding | undefined> {
  const record = await runs.record(asked.id);
  const ending = await runs.ending(asked.id);
  if (record?.workflow_id !== workflowId || record.finished_at === null) return undefined;
  if (ending === undefined || isFailure(ending)) return undefined;
  refuseOther(asked, record.asked ?? null);
  return ending;
}

async function summarize(
  { client, address }: HandleContext,
  taskQueue: string,
  runId: string | undefined,
): Promise<RunReport> {
  const handle = await client.workflow.start<typeof optimizationResultsSummary>(
    'optimizationResultsSummary',
    {
      workflowId: summaryWorkflowId(runId ?? 'latest'),
      taskQueue,
      args: [runId === undefined ? {} : { run_id: runId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    },
  );
  return untilAnswered(
    client,
    handle.workflowId,
    patiently(() => handle.result(), address),
  );
}
