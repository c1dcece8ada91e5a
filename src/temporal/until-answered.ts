/** Waiting for what only a worker can do: where nobody works on the queue, that is said instead of waiting in silence. */
import type { Client } from '@temporalio/client';
import { describeWorkflow } from './describe-workflow.js';
import type { Config } from '../config.js';

const SILENT_MS = 10_000;

/**
 * The outcome of `waiting`. While it is out, and nobody has polled the workflow's task queue, Node's warning
 * `MERITLOOP_NO_WORKER` says so once, with the command that mends it; a program hears it by `process.on('warning')`.
 */
export async function untilAnswered<T>(client: Client, workflowId: string, waiting: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    void isUnattended(client, workflowId).then((queue) => {
      if (queue === undefined || over) return;
      clearInterval(timer);
      process.emitWarning(`nobody works on the queue ${queue}: ${workflowId} waits`, {
        code: 'MERITLOOP_NO_WORKER',
        detail: 'Start a worker on the same home: meritloop worker',
      });
    });
  }, SILENT_MS);
  timer.unref();
  let over = false;
  try {
    return await waiting;
  } finally {
    over = true;
    clearInterval(timer);
  }
}

/** The queue that nobody works on. Undefined also while the server cannot say: the wait itself tells of that. */
async function isUnattended(client: Client, workflowId: string): Promise<string | undefined> {
  try {
    const taskQueue = (await describeWorkflow(client, workflowId))?.taskQueue;
    if (taskQueue === undefined) return undefined;
    const workers = await countWorkers(client, { temporalNamespace: client.options.namespace, taskQueue });
    return workers === 0 ? taskQueue : undefined;
  } catch {
    return undefined;
  }
}

/** A worker asks again at least once a minute. */
const FRESH_POLLER_SECONDS = 90;

/** How many workers listen on the task queue. 1: workflow, by TaskQueueType. The server forgets one that has not polled for five minutes; here it must be fresher. */
export async function countWorkers(
  client: Client,
  { temporalNamespace, taskQueue }: Pick<Config, 'temporalNamespace' | 'taskQueue'>,
): Promise<number> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: temporalNamespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  const fresh = Date.now() / 1000 - FRESH_POLLER_SECONDS;
  return (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) > fresh).length;
}
