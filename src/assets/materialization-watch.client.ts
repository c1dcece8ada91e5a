/** Materialisations as their starter, or anybody else, sees them: where they stand, how they ended; and their cancelling. */
import { WorkflowFailedError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { MaterializationState } from '../server/assets/assets.contract.js';
import type { MaterializationProgress, MaterializationResult } from './materialization.contract.js';
import { materializeWorkflowId } from '../runs/run-id.terms.js';
import { failure, type MeritloopError, explain } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import { describeWorkflow } from '../temporal/describe-workflow.js';

export interface MaterializationWatch {
  /** @throws MeritloopError RUN_UNKNOWN */
  show(runId: string): Promise<MaterializationState>;
  /** What is made by then stays. @throws MeritloopError RUN_UNKNOWN, RUN_FINISHED */
  cancel(runId: string): Promise<MaterializationState>;
}

type Course = Pick<MaterializationState, 'progress' | 'at_work' | 'failed_checks' | 'errors' | 'error'>;
const NOTHING: Course = { progress: null, at_work: [], failed_checks: [], errors: [], error: null };

export function createMaterializationWatch(client: Client): MaterializationWatch {
  const show = async (runId: string): Promise<MaterializationState> => {
    const workflow_id = materializeWorkflowId(runId);
    const description = await describeWorkflow(client, workflow_id);
    if (description === undefined) throw failure('RUN_UNKNOWN', { run: runId });
    const { status, startTime, closeTime } = description;
    const course =
      status.name === 'RUNNING' ? await underWay(client, description) : await ended(client, description);
    return {
      run_id: runId,
      workflow_id,
      status:
        status.name === 'RUNNING'
          ? 'running'
          : status.name === 'COMPLETED'
            ? 'succeeded'
            : status.name === 'CANCELLED' || status.name === 'TERMINATED'
              ? 'cancelled'
              : 'failed',
      started_at: startTime.toISOString(),
      finished_at: closeTime?.toISOString() ?? null,
      ...NOTHING,
      ...course,
    };
  };
  return {
    show,
    async cancel(runId) {
      const { status, workflow_id } = await show(runId);
      if (status !== 'running') throw failure('RUN_FINISHED', { run: runId });
      await client.workflow.getHandle(workflow_id).cancel();
      return show(runId);
    },
  };
}

async function underWay(client: Client, description: WorkflowExecutionDescription): Promise<Partial<Course>> {
  // Before the plan is made, and without a worker, nobody answers; the next look may find it.
  const progress = await client.workflow
    .getHandle(description.workflowId)
    .query<MaterializationProgress>('progress')
    .catch(() => null);
  return { progress: progress && listed(progress), at_work: atWork(description) };
}

/** What the activities under way last said of themselves. */
const atWork = ({ raw }: WorkflowExecutionDescription): string[] =>
  (raw.pendingActivities ?? []).flatMap(({ heartbeatDetails }) => {
    const payload = heartbeatDetails?.payloads?.[0];
    const details: unknown = payload && defaultPayloadConverter.fromPayload(payload);
    return typeof details === 'object' && details !== null && 'what' in details ? [String(details.what)] : [];
  });

async function ended(
  client: Client,
  { workflowId, runId, status }: WorkflowExecutionDescription,
): Promise<Partial<Course>> {
  if (status.name === 'CANCELLED' || status.name === 'TERMINATED') return {};
  try {
    const result = (await client.workflow.getHandle(workflowId, runId).result()) as MaterializationResult;
    return { ...countsOf(result), failed_checks: [...result.failed_checks] };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return reasonOf(toMeritloopError(error));
  }
}

function reasonOf(error: MeritloopError): Partial<Course> {
  const { code, message, hint, fields } = explain(error);
  const entries = Object.entries(fields).map(([name, value]) => [name, isList(value) ? [...value] : value]);
  return {
    ...(code === 'MATERIALIZATION_FAILED' ? countsOf(fields as unknown as Counts) : {}),
    error: { code, message, hint, fields: Object.fromEntries(entries) as Record<string, string> },
  };
}

/** Failures of earlier releases say no reasons of blocked steps. */
type Counts = Omit<MaterializationResult, 'blocked_because'> &
  Partial<Pick<MaterializationResult, 'blocked_because'>>;

const countsOf = ({
  ran,
  reused,
  blocked,
  failed,
  errors,
  blocked_because = [],
}: Counts): Partial<Course> => ({
  progress: {
    ran,
    reused,
    blocked,
    failed,
    steps_total: ran + reused + blocked + failed,
    seconds_left: 0,
    batches_done: 0,
    batches_total: 0,
    running: [],
    waiting: [],
  },
  errors: [...errors, ...blocked_because],
});

const listed = ({
  running,
  waiting,
  ...counts
}: MaterializationProgress): NonNullable<Course['progress']> => ({
  ...counts,
  running: [...running],
  waiting: [...waiting],
});

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
