/** Tells one process from another that later got the same pid: by the time at which it started; and folders named after their process. */
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { z } from 'zod';

export const processIdentity = z.object({
  pid: z.int().positive(),
  /** Clock ticks since boot at its start (Linux); null where the system does not tell. */
  started: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

export const identify = (pid: number): ProcessIdentity => ({ pid, started: readStartTime(pid) });

/** True while that very process lives; a zombie, or another process under its pid, counts as dead. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (started === null) return true;
  return readStartTime(pid) === started;
}

function readStartTime(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // No /proc (macOS), or no such process: either way nothing is known.
    return null;
  }
  // The second field, the command's name, may hold blanks and parentheses: count from behind it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? null : (rest[18] ?? null);
}

const OWNED = /@([^@]+)@(\d+)@(\d+|unknown)@[0-9a-f-]{36}$/;

/** `spill@host@pid@start@uuid`. */
export function ownedName(prefix: string): string {
  const { pid, started } = identify(process.pid);
  return [prefix, hostname(), pid, started ?? 'unknown', randomUUID()].join('@');
}

/** Undefined where that cannot be told: another machine's, or a name of another kind. */
export function isOwnerAlive(name: string): boolean | undefined {
  const [, host, pid, started] = OWNED.exec(name) ?? [];
  if (host !== hostname()) return undefined;
  return isAlive({ pid: Number(pid), started: started === 'unknown' ? null : (started ?? null) });
}
