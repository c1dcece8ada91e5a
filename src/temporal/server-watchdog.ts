/**
 * A process of its own beside the embedded server: ends the server once nobody alive holds a lease, which happens when
 * its last holder was killed. Started with the home folder and the server's identity; it ends with the server.
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeUnlessHeld } from '../shared/files/exclusive-lock.js';
import { isAlive, processIdentity } from '../shared/files/process-identity.js';
import { dropDeadLeases, livingHolders } from './leases.js';
import { readServerRecord, serverPaths, writeServerRecord } from './server-record.js';
import { terminate } from './terminate.js';

const LOOK_MS = 1000;
const LOOKS = 2;
/** While somebody starts or stops the server; a lock that stays is that of a dead process. */
const LOOKS_AT_A_LOCK = 30;

const [, , home = '', identity = ''] = process.argv;
const server = processIdentity.parse(JSON.parse(identity));
const { folder, lock, leases } = serverPaths({ home });

for (let unused = 0; isAlive(server);) {
  await sleep(LOOK_MS);
  unused = (await livingHolders(leases)).length > 0 ? 0 : unused + 1;
  if (unused < (existsSync(lock) ? LOOKS_AT_A_LOCK : LOOKS)) continue;
  // A home that was removed has no lock, and must not come back by it.
  if (existsSync(folder)) await endUnlessHeld();
  else await terminate(server);
}

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
