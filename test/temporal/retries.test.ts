/** A connection that closes while a call is tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { createRetries } from '../../src/temporal/connection.js';

const UNAVAILABLE = 14;

test('a call that nobody answers ends with the connection; a retry after that would end the process', async () => {
  const retries = createRetries();
  const connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [retries.interceptor] });
  const outcome = connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
  await sleep(300);
  await retries.end();
  await connection.close();
  expect(await outcome).toMatchObject({ code: UNAVAILABLE });
  await sleep(1000);
});
