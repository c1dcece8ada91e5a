/** How many workers listen on the task queue. */
import type { Client } from '@temporalio/client';
import type { Config } from '../config.js';

/** A worker asks again at least once a minute. */
const FRESH_POLLER_SECONDS = 90;

/** 1: workflow, by TaskQueueType. The server forgets one that has not polled for five minutes; here it must be fresher. */
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
