/** Names of temporary folders that tell which process works in them, so that a dead one's can be removed. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { identify, isAlive } from './process-identity.js';

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
