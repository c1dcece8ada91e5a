/**
 * A process of its own beside the embedded server: guards Temporal's web page, and ends the server once nobody alive
 * holds a lease, which happens when its last holder was killed. Started with the home folder and its job; it ends with
 * the server.
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeUnlessHeld } from '../shared/files/exclusive-lock.js';
import { isAlive, type ProcessIdentity } from '../shared/files/process-identity.js';
import { dropDeadLeases, livingHolders } from './leases.js';
import { createPageGuard, type GuardedPage } from './page-guard.js';
import { readServerRecord, serverPaths, writeServerRecord } from './server-record.js';
import { terminate } from './terminate.js';

const LOOK_MS = 1000;
/** The guard's port is to be free again as soon as the server has ended. */
const ALIVE_MS = 100;
const LOOKS = 2;
/** While somebody starts or stops the server; a lock that stays is that of a dead process. */
const LOOKS_AT_A_LOCK = 30;

export interface WatchdogJob {
  readonly server: ProcessIdentity;
  /** Null: the page of an earlier release's record stands unguarded. */
  readonly page: GuardedPage | null;
}

const [, , home = '', job = ''] = process.argv;
const { server, page } = JSON.parse(job) as WatchdogJob;
const { folder, lock, leases } = serverPaths({ home });

const guard = page === null ? undefined : createPageGuard(page);
guard?.on('error', (error) => process.stderr.write(`Temporal's web page: ${error.message}\n`));
guard?.listen(page?.port, '127.0.0.1');

for (let unused = 0; isAlive(server);) {
  for (const until = Date.now() + LOOK_MS; Date.now() < until && isAlive(server);) await sleep(ALIVE_MS);
  if (!isAlive(server)) break;
  unused = (await livingHolders(leases)).length > 0 ? 0 : unused + 1;
  if (unused < (existsSync(lock) ? LOOKS_AT_A_LOCK : LOOKS)) continue;
  // A home that was removed has no lock, and must not come back by it.
  if (existsSync(folder)) await endUnlessHeld();
  else await terminate(server);
}

guard?.close();
guard?.closeAllConnections();

/** Looked at again under the lock: who starts or joins the server holds it, and has a lease when letting it go. */
async function endUnlessHeld(): Promise<void> {
  const attempt = await takeUnlessHeld(lock, 'watchdog');
  if ('heldBy' in attempt) return;
  try {
    if ((await dropDeadLeases(leases)) > 0 || !isAlive(server)) return;
    const record = await readServerRecord({ home });
    await terminate(server);
    if (record?.process?.pid === server.pid) await writeServerRecord({ home }, { ...record, process: null });
  } finally {
    await attempt.release();
  }
}
