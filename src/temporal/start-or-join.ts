/**
 * Starts a workflow under an id that its caller chose, or joins the execution that has this id: for the same request
 * only. The one place that does so. What an execution was asked for is its input, which stands in its history from
 * the moment at which it exists: of two that start at once, the one that came second compares itself with the first.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { failure } from '../shared/errors/errors.js';
import { describeWorkflow } from './describe-workflow.js';
import { patiently } from './server-failures.js';

/** What is asked for, and how to tell it from something else. */
export interface Asked {
  /** `run`, `grid`, …, as an error names it. */
  readonly what: string;
  /** As the caller knows it. */
  readonly id: string;
  readonly request: object;
  /** The request with its defaults, so that two ways to say the same are equal. */
  readonly parsed: object;
  /** Gives an earlier request its defaults. Throws for what is no request. */
  readonly parse: (request: unknown) => object;
  /** Fields that change nothing about what comes out. */
  readonly apart: readonly string[];
}

/** @throws MeritloopError REQUEST_DIFFERS naming the fields in which `earlier` asked for something else */
export function refuseOther(asked: Asked, earlier: unknown): void {
  const fields = differingFields(asked, earlier);
  if (fields.length > 0) throw failure('REQUEST_DIFFERS', { what: asked.what, id: asked.id, fields });
}

function differingFields({ parsed, parse, apart }: Asked, earlier: unknown): string[] {
  const ours = new Map(Object.entries(parsed));
  let theirs: Map<string, unknown>;
  try {
    theirs = new Map(Object.entries(parse(earlier ?? {})));
  } catch {
    // It was no request: whatever it was, it is not this one.
    return ['request'];
  }
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names]
    .filter((name) => !apart.includes(name) && !isDeepStrictEqual(ours.get(name), theirs.get(name)))
    .toSorted();
}

/** The same for an execution that exists. @throws MeritloopError REQUEST_DIFFERS */
export async function refuseOtherInput(
  client: Client,
  asked: Asked,
  execution: { readonly workflowId: string; readonly runId?: string },
): Promise<void> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution,
    maximumPageSize: 1,
  });
  const input = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  refuseOther(asked, input == null ? {} : defaultPayloadConverter.fromPayload(input));
}

export interface Starting extends Asked {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly summary: string;
  readonly memo?: Readonly<Record<string, unknown>>;
  /** Whether an execution that has ended so answers instead of a new one. */
  readonly answers: (status: string) => boolean;
  /** Whether the home holds the answer of an execution that has ended; it calls {@link refuseOther} then. */
  readonly stored?: () => Promise<boolean>;
}

export interface Started {
  /** The execution that answers; undefined where it is the home that answers. */
  readonly executionId: string | undefined;
  /** True: it was there already. */
  readonly joined: boolean;
}

/** @throws MeritloopError REQUEST_DIFFERS */
export async function startOrJoin(client: Client, address: string, starting: Starting): Promise<Started> {
  const { workflowType, workflowId, taskQueue, request, summary, memo, answers, stored } = starting;
  const look = () => patiently(() => describeWorkflow(client, workflowId), address);
  const join = async (runId: string | undefined): Promise<Started> => {
    await patiently(
      () => refuseOtherInput(client, starting, runId === undefined ? { workflowId } : { workflowId, runId }),
      address,
    );
    return { executionId: runId, joined: true };
  };
  const known = await look();
  if (known !== undefined && (known.status.name === 'RUNNING' || answers(known.status.name)))
    return join(known.runId);
  if (await stored?.()) return { executionId: undefined, joined: true };

  // Tells whether the execution that answers is the one started here.
  const starter = randomUUID();
  try {
    await client.workflow.start(workflowType, {
      workflowId,
      taskQueue,
      args: [request],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // Nothing was there a moment ago: what has ended since is somebody else's answer to the same id.
      workflowIdReusePolicy: known === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
      memo: { ...memo, starter },
      staticSummary: summary,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const found = await look();
  return found?.memo?.['starter'] === starter
    ? { executionId: found.runId, joined: false }
    : join(found?.runId);
}
