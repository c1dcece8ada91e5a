/** Simulations as durable jobs: started, watched and cancelled by any program that reaches the server. */
import { createHash } from 'node:crypto';
import {
  WorkflowFailedError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { SimulatedTrial } from '../runs/run-spec.js';
import type { SimulationJob } from '../server/simulations/simulations.contract.js';
import {
  simulationRequest,
  type SimulationRequest,
  type SimulationRequestInput,
} from '../runs/request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { simulationWorkflowId } from '../runs/run-id.terms.js';
import { failure, explain } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import { describeWorkflow } from '../temporal/describe-workflow.js';
import type { HandleContext } from '../runs/run-handle.client.js';
import { onServer } from '../temporal/server-failures.js';
import { startOrJoin } from '../temporal/start-or-join.js';

const WORKFLOW = 'multiYearSimulation';
const PREFIX = 'simulation/';

export interface StartedSimulation {
  readonly job: SimulationJob;
  /** True: a job of that key, or an open one of the same request, was there already. */
  readonly joined: boolean;
}

export interface SimulationJobs {
  /**
   * Starts a simulation; a request that is open already is joined.
   * @param key names the job; default: a hash of the request
   * @throws MeritloopError REQUEST_INVALID, REQUEST_DIFFERS
   */
  start(request: SimulationRequestInput, key?: string): Promise<StartedSimulation>;
  /** Those that the server still knows, the latest first. */
  list(limit: number): Promise<SimulationJob[]>;
  /** @throws MeritloopError JOB_UNKNOWN */
  show(jobId: string): Promise<SimulationJob>;
  /** @throws MeritloopError JOB_UNKNOWN, JOB_FINISHED */
  cancel(jobId: string): Promise<SimulationJob>;
}

export function createSimulationJobs(context: HandleContext, taskQueue: string): SimulationJobs {
  const { address } = context;
  const jobs = jobsOn(context, taskQueue);
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(address, call);
  return {
    start: (request, key) => ask(() => jobs.start(request, key)),
    list: (limit) => ask(() => jobs.list(limit)),
    show: (jobId) => ask(() => jobs.show(jobId)),
    cancel: (jobId) => ask(() => jobs.cancel(jobId)),
  };
}

function jobsOn(context: HandleContext, taskQueue: string): SimulationJobs {
  const { client } = context;
  const show = async (jobId: string): Promise<SimulationJob> => {
    const description = await describeWorkflow(client, simulationWorkflowId(jobId));
    if (description === undefined) throw failure('JOB_UNKNOWN', { job: jobId });
    return { ...jobOf(context, description), ...(await ending(client, description)) };
  };
  return {
    async start(request, key) {
      const parsed = parseSimulation(request);
      const { requested_by, ...asked } = parsed;
      const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
      const jobId = key ?? fingerprint.slice(0, 32);
      const { joined } = await startOrJoin(client, context.address, {
        what: 'simulation',
        id: jobId,
        request,
        parsed,
        parse: parseSimulation,
        apart: ['requested_by'],
        workflowType: WORKFLOW,
        workflowId: simulationWorkflowId(jobId),
        taskQueue,
        memo: { scenario: asked.scenario, requested_by: requested_by ?? 'unknown' },
        summary: `simulate ${asked.scenario}`,
        answers: () => key !== undefined,
      });
      return { job: await show(jobId), joined };
    },
    async list(limit) {
      const jobs: SimulationJob[] = [];
      const seen = new Set<string>();
      for await (const execution of client.workflow.list({ query: `WorkflowType = '${WORKFLOW}'` })) {
        // The newest execution of an id comes first.
        if (seen.has(execution.workflowId)) continue;
        seen.add(execution.workflowId);
        const job = jobOf(context, execution);
        // A listing does not tell what is at work.
        jobs.push(job.status === 'running' ? await show(job.job_id) : job);
        if (jobs.length >= limit) break;
      }
      return jobs;
    },
    show,
    async cancel(jobId) {
      const job = await show(jobId);
      if (job.status !== 'running') throw failure('JOB_FINISHED', { job: jobId, status: job.status });
      await client.workflow.getHandle(simulationWorkflowId(jobId)).cancel();
      return show(jobId);
    },
  };
}

/** @throws MeritloopError REQUEST_INVALID naming the field */
const parseSimulation = (request: unknown): SimulationRequest => parseRequest(simulationRequest, request);

const STATUSES: Readonly<Record<string, SimulationJob['status']>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
  TERMINATED: 'cancelled',
};

function jobOf(
  { uiAddress, namespace }: HandleContext,
  execution: WorkflowExecutionInfo | WorkflowExecutionDescription,
): SimulationJob {
  const { workflowId, memo, status, startTime, closeTime } = execution;
  const state = STATUSES[status.name] ?? 'failed';
  const result = memo?.['result'] as SimulatedTrial | undefined;
  return {
    job_id: workflowId.startsWith(PREFIX) ? workflowId.slice(PREFIX.length) : workflowId,
    workflow_id: workflowId,
    temporal_url:
      uiAddress === undefined
        ? null
        : `${uiAddress}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`,
    status: state,
    ...(state === 'running' ? atWorkOf(execution) : DONE),
    scenario: textOf(memo?.['scenario'], 'default'),
    requested_by: textOf(memo?.['requested_by'], 'unknown'),
    started_at: startTime.toISOString(),
    finished_at: closeTime?.toISOString() ?? null,
    simulation_id: result?.simulation_id ?? null,
    reused: result?.reused ?? null,
    seconds: result?.seconds ?? null,
    notes: [...(result?.notes ?? [])],
    error: null,
  };
}

type AtWork = Pick<SimulationJob, 'phase' | 'at_work' | 'attempt' | 'last_failure'>;
const DONE: AtWork = { phase: 'done', at_work: null, attempt: 1, last_failure: null };

/** From the activity under way. */
function atWorkOf(execution: WorkflowExecutionInfo | WorkflowExecutionDescription): AtWork {
  const pending = 'pendingActivities' in execution.raw ? execution.raw.pendingActivities?.[0] : undefined;
  const tries = { attempt: pending?.attempt ?? 1, last_failure: pending?.lastFailure?.message ?? null };
  // 2: started, by PendingActivityState.
  if (pending?.state !== 2) return { ...tries, phase: 'waiting', at_work: null };
  if (pending.activityType?.name !== 'runMultiYearSimulation')
    return { ...tries, phase: 'validating', at_work: null };
  const payload = pending.heartbeatDetails?.payloads?.[0];
  const details: unknown = payload && defaultPayloadConverter.fromPayload(payload);
  return { ...tries, phase: 'simulating', at_work: isAtWork(details) ? details : null };
}

const isAtWork = (details: unknown): details is NonNullable<SimulationJob['at_work']> =>
  typeof details === 'object' && details !== null && 'year' in details && 'model' in details;

/** Why it failed. */
async function ending(
  client: Client,
  { workflowId, runId, status }: WorkflowExecutionDescription,
): Promise<Partial<SimulationJob>> {
  if (STATUSES[status.name] !== undefined) return {};
  try {
    await client.workflow.getHandle(workflowId, runId).result();
    return {};
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { code, message, hint, fields } = explain(toMeritloopError(error));
    return {
      error: {
        code,
        message,
        hint,
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, isList(value) ? [...value] : value]),
        ),
      },
    };
  }
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
const textOf = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);
