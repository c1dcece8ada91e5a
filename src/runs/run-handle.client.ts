/** One optimisation run, live or past, as other programs hold it. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, defaultPayloadConverter } from '@temporalio/common';
import { isFailure, type RunEnding, type RunStore } from './run-store.js';
import type { OptimizationResult, RunProgress } from './optimization.contract.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import type { compensationOptimizationLoop } from './compensation-optimization-loop.workflow.js';
import {
  approveUpdate,
  delegateUpdate,
  pauseSignal,
  progressQuery,
  rejectUpdate,
  resultQuery,
  resumeSignal,
  setMaxIterationsUpdate,
  stopAndKeepBestSignal,
  type Decision,
  type DelegationRequest,
  type DecisionOutcome,
} from './messages.workflow.js';
import { signDecision, type SignedVerdict } from './sign-decision.client.js';
import { about, onceAdmitted, onceMore, patiently } from '../temporal/server-failures.js';
import { untilAnswered } from '../temporal/until-answered.js';

const FOLLOW_MS = 300;

/** Progress of the simulation at work, from its heartbeat. */
export interface SimulationAtWork {
  readonly year: number;
  readonly years_done: number;
  readonly years_total: number;
  readonly model: string;
}

export type FollowedProgress = RunProgress & { readonly simulation: SimulationAtWork | null };

/** Every method rejects with a {@link MeritloopError}: code, message, hint, fields. */
export interface RunHandle {
  readonly runId: string;
  readonly workflowId: string;
  /** True when an open or finished run of that id answered instead of a new one. */
  readonly joined: boolean;
  /** The run's page in Temporal's web page; undefined where its address is not known. */
  readonly url: string | undefined;
  /** Waits for the end. A cancelled run gives what it kept. @throws the run's own failure, or CANCELLED when nothing was kept */
  result(): Promise<OptimizationResult>;
  /** Where the run stands now; needs a worker that lives. */
  progress(): Promise<RunProgress>;
  /** As `progress`, with the simulation at work; undefined while nobody can answer. */
  look(): Promise<FollowedProgress | undefined>;
  /** Calls back on every change until the end. Returns the result. */
  follow(onProgress: (progress: FollowedProgress) => void): Promise<OptimizationResult>;
  /** Gives `rejected` when somebody moved the levers since the run began; the result says who. @throws OWN_REQUEST, RUN_NOT_WAITING */
  approve(decision: Decision): Promise<DecisionOutcome>;
  reject(decision: Decision): Promise<DecisionOutcome>;
  /**
   * Lets somebody else decide as well; by one of the approvers that the request named, or whom they let decide.
   * Gives everybody who may decide now.
   * @throws OWN_REQUEST also where it goes to who asked; NOT_AN_APPROVER, RUN_NOT_WAITING
   */
  delegate(request: DelegationRequest): Promise<{ approvers: readonly string[] }>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run after the simulation at work; the result says so. */
  stopAndKeepBest(): Promise<void>;
  /** @throws REQUEST_INVALID, RUN_NOT_ITERATING */
  setMaxIterations(maxIterations: number): Promise<void>;
  /** Asks the run to end as cancelled; `result()` then tells what it kept. @throws RUN_FINISHED */
  cancel(): Promise<void>;
}

type Run = WorkflowHandle<typeof compensationOptimizationLoop>;

export interface HandleContext {
  readonly client: Client;
  readonly runs: RunStore;
  readonly address: string;
  readonly uiAddress: string | undefined;
  readonly namespace: string;
  /** Whose key signs decisions. */
  readonly home: string;
}

export interface HandleOf {
  readonly runId: string;
  readonly workflowId: string;
  readonly joined: boolean;
  /** Temporal's id of an execution of the run, which `result` begins with; undefined means the latest. */
  readonly executionId?: string | undefined;
  /** The end of a run that Temporal has forgotten. */
  readonly ending?: RunEnding | undefined;
}

export function createRunHandle(context: HandleContext, of: HandleOf): RunHandle {
  const { client, runs, address } = context;
  const { runId, workflowId, executionId, ending } = of;
  // A long run goes on in further executions under its id: its end is found by following them, all else is asked of
  // the latest.
  const handle: Run = client.workflow.getHandle(workflowId);
  const firstOf: Run = client.workflow.getHandle(workflowId, executionId);
  const isFinished = async (): Promise<boolean> => (await runs.ending(runId)) !== undefined;
  const ask = <T>(call: () => Promise<T>): Promise<T> => about({ run: runId, address }, isFinished, call);
  /** An update waits for a worker as the end does. */
  const admitted = <T>(update: () => Promise<T>): Promise<T> =>
    untilAnswered(client, workflowId, onceAdmitted(update));

  const result = async (): Promise<OptimizationResult> => {
    if (ending !== undefined) return unlessFailed(ending);
    try {
      return await untilAnswered(
        client,
        workflowId,
        patiently(() => firstOf.result(), address),
      );
    } catch (error) {
      if (error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure)
        return cancelledResult();
      if (error instanceof WorkflowFailedError || error instanceof MeritloopError)
        throw toMeritloopError(error);
      return ask(() => Promise.reject(error as Error));
    }
  };

  /** The run may end, by failing above all, before it can answer: then its end is the answer. */
  const decide = (update: () => Promise<DecisionOutcome>): Promise<DecisionOutcome> =>
    ask(async () => {
      try {
        return await update();
      } catch (error) {
        if (!endedBeforeAnswer(error)) throw error;
        const { applied } = await result();
        return { applied };
      }
    });

  /** From the shared home, or, where this program does not see it, from the run itself. */
  const cancelledResult = async (): Promise<OptimizationResult> => {
    const stored = await runs.ending(runId);
    if (stored !== undefined) return unlessFailed(stored);
    const kept = await ask(() => handle.query(resultQuery));
    if (kept === null) throw failure('CANCELLED', { what: `run ${runId}` });
    return kept;
  };

  const signed = <Asked extends Decision>(verdict: SignedVerdict, decision: Asked) =>
    signDecision({ home: context.home, handle, workflowId }, verdict, decision);

  return {
    runId,
    workflowId,
    joined: of.joined,
    url:
      context.uiAddress &&
      `${context.uiAddress}/namespaces/${context.namespace}/workflows/${encodeURIComponent(workflowId)}${executionId === undefined ? '' : `/${executionId}`}`,
    result,
    progress: () => ask(() => onceMore(() => handle.query(progressQuery))),
    look: () => look(handle),
    follow: (onProgress) => follow(handle, result, onProgress),
    approve: (decision) =>
      decide(async () => {
        const word = await signed('approved', decision);
        return admitted(() => handle.executeUpdate(approveUpdate, { args: [word] }));
      }),
    reject: (decision) =>
      decide(async () => {
        const word = await signed('rejected', decision);
        return admitted(() => handle.executeUpdate(rejectUpdate, { args: [word] }));
      }),
    delegate: (request) =>
      ask(async () => {
        const word = await signed('delegated', request);
        return admitted(() => handle.executeUpdate(delegateUpdate, { args: [word] }));
      }),
    pause: () => ask(() => handle.signal(pauseSignal)),
    resume: () => ask(() => handle.signal(resumeSignal)),
    stopAndKeepBest: () => ask(() => handle.signal(stopAndKeepBestSignal)),
    setMaxIterations: async (max_iterations) => {
      await ask(() =>
        admitted(() => handle.executeUpdate(setMaxIterationsUpdate, { args: [{ max_iterations }] })),
      );
    },
    cancel: async () => {
      // Temporal takes a cancellation of a finished run without a word.
      const { status } = await ask(() => patiently(() => handle.describe(), address));
      if (status.name !== 'RUNNING') throw failure('RUN_FINISHED', { run: runId });
      await ask(() => handle.cancel());
    },
  };
}

const endedBeforeAnswer = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'AcceptedUpdateCompletedWorkflow';

function unlessFailed(ending: RunEnding): OptimizationResult {
  if (!isFailure(ending)) return ending;
  const { code, message, hint, fields } = ending.error;
  throw new MeritloopError(code, message, hint, fields);
}

async function follow(
  handle: Run,
  result: () => Promise<OptimizationResult>,
  onProgress: (progress: FollowedProgress) => void,
): Promise<OptimizationResult> {
  const ending = { over: false };
  const end = result().finally(() => {
    ending.over = true;
  });
  // Handled below, by `return end`; polling must not leave a rejection unheard meanwhile.
  end.catch(() => {});
  let shown = '';
  const show = async (): Promise<void> => {
    const seen = await look(handle);
    const text = JSON.stringify(seen);
    if (seen !== undefined && text !== shown) onProgress(seen);
    shown = text;
  };
  while (!ending.over) {
    await show();
    await Promise.race([
      sleep(FOLLOW_MS),
      end.then(
        () => {},
        () => {},
      ),
    ]);
  }
  await show();
  return end;
}

/** Undefined while nobody can answer: no worker yet, or the server is being started again. */
async function look(handle: Run): Promise<FollowedProgress | undefined> {
  try {
    const [progress, description] = await Promise.all([handle.query(progressQuery), handle.describe()]);
    const payload = description.raw.pendingActivities
      ?.flatMap(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? [])
      .at(0);
    const details: unknown = payload && defaultPayloadConverter.fromPayload(payload);
    return { ...progress, simulation: isAtWork(details) ? details : null };
  } catch {
    return undefined;
  }
}

/** Activities that simulate nothing beat too. */
const isAtWork = (details: unknown): details is SimulationAtWork =>
  typeof details === 'object' && details !== null && 'year' in details;
