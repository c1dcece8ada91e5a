/** Materialisations as other programs start and follow them. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import type {
  MaterializationProgress,
  MaterializationRequestInput,
  MaterializationResult,
} from './materialization.contract.js';
import { materializeWorkflowId, newRunId } from '../runs/run-id.terms.js';
import { failure } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import type { materializeAssets } from './materialize-assets.workflow.js';
import { untilAnswered } from '../temporal/until-answered.js';
import { patiently } from '../temporal/server-failures.js';
import { startOrJoin } from '../temporal/start-or-join.js';
import { askedMaterialization } from './asked-materialization.client.js';

export interface Materialization {
  readonly runId: string;
  readonly workflowId: string;
  /** Waits for the end. @throws MeritloopError MATERIALIZATION_FAILED, CANCELLED, and what a bad request throws */
  result(): Promise<MaterializationResult>;
  /** Calls back every half second until the end. */
  follow(onProgress: (progress: MaterializationProgress) => void): Promise<MaterializationResult>;
  cancel(): Promise<void>;
}

const FOLLOW_MS = 500;
/** Characters; Temporal takes 400 bytes. */
const LONGEST_SUMMARY = 100;

/** An open run of the same id is joined. @throws MeritloopError REQUEST_DIFFERS where it was asked for something else */
export async function startMaterialization(
  client: Client,
  { taskQueue, address }: { readonly taskQueue: string; readonly address: string },
  request: MaterializationRequestInput,
): Promise<Materialization> {
  const runId = request.id ?? newRunId(new Date(), randomBytes(3).toString('hex'));
  const workflowId = materializeWorkflowId(runId);
  const { executionId } = await startOrJoin(client, address, {
    ...askedMaterialization(runId, request),
    workflowType: 'materializeAssets',
    workflowId,
    taskQueue,
    summary: `materialise ${request.select ?? '*'}`.slice(0, LONGEST_SUMMARY),
    // What is up to date is reused: to ask again is cheap, and finds what has changed since.
    answers: () => false,
  });
  const handle = client.workflow.getHandle<typeof materializeAssets>(workflowId, executionId);
  const result = async (): Promise<MaterializationResult> => {
    try {
      return await untilAnswered(
        client,
        workflowId,
        patiently(() => handle.result(), address),
      );
    } catch (error) {
      if (error instanceof WorkflowFailedError)
        throw error.cause instanceof CancelledFailure
          ? failure('CANCELLED', { what: `run ${runId}` }, error)
          : toMeritloopError(error);
      throw error;
    }
  };
  return {
    runId,
    workflowId,
    result,
    async follow(onProgress) {
      const end = result();
      const isOver = end.then(
        () => true,
        () => true,
      );
      const wait = (): Promise<boolean> => Promise.race([isOver, sleep(FOLLOW_MS, false)]);
      while (!(await wait())) {
        // Before the plan is made the run answers no query; the next look may find it.
        const progress = await handle.query<MaterializationProgress>('progress').catch(() => undefined);
        if (progress !== undefined) onProgress(progress);
      }
      return end;
    },
    cancel: async () => {
      await handle.cancel();
    },
  };
}
