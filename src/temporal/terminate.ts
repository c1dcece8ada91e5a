/** Ends a process that leads a group of its own, with all that it has started. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from '../shared/files/process-identity.js';

const TERMINATE_WITHIN_MS = 10_000;

/** SIGTERM, then SIGKILL: to the whole group, since the server leads its own. */
export async function terminate(identity: ProcessIdentity): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(identity)) return;
    signalGroup(identity.pid, signal);
    const deadline = Date.now() + TERMINATE_WITHIN_MS;
    while (isAlive(identity) && Date.now() < deadline) await sleep(20);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: it ended by itself in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
