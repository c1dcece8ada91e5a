/** Ends this process for sure: Node waits at its end for every thread that still works for it, and DuckDB's may work for long. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeAll } from '../shared/open-resources.js';

/** A statement that was interrupted ends within milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Interrupts and closes what databases are left, then exits with `code`. Where a statement does not end, the system ends
 * the process, whose exit code is then that of a kill: better than one that never comes.
 */
export async function endProcess(code: number, patienceMs = PATIENCE_MS): Promise<never> {
  const closed = closeAll().then(() => true);
  const isQuiet = await Promise.race([closed, sleep(patienceMs, false)]);
  if (!isQuiet) {
    process.stderr.write(
      `a statement of DuckDB did not end within ${patienceMs / 1000} s: the process is killed\n`,
    );
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}
