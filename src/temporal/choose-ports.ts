/** The ports on which the embedded server is started, and the places of its page and its counters. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePorts, isPortFree } from './free-ports.js';
import type { ServerRecord } from './server-record.js';

const GUARD_ENDS_WITHIN_MS = 1000;

/** Ports that no browser asks, whatever a page wants: the "bad ports" of the Fetch standard that need no rights. */
const UNASKED_BY_BROWSERS = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
];

/** The remembered ports while they are free: links to the web page and clients of other processes stay valid. */
export async function choosePorts(known: ServerRecord | undefined): Promise<ServerRecord> {
  if (known !== undefined && (await isPortFree(known.port)) && (await becomesFree(known.ui_port)))
    return { ...known, ...(await choosePage()), process: null };
  const [port = 0, ui_port = 0] = await findFreePorts(2);
  return { port, ui_port, ...(await choosePage()), process: null, stopped: false };
}

/** The guard of a server that has just ended lets its port go a moment later. */
async function becomesFree(port: number): Promise<boolean> {
  for (const until = Date.now() + GUARD_ENDS_WITHIN_MS; Date.now() < until; await sleep(50))
    if (await isPortFree(port)) return true;
  return false;
}

/**
 * Another place each time: on Linux one of sixteen million loopback addresses, which no page in a browser can guess.
 * Elsewhere only 127.0.0.1 exists, with a port that the system chose.
 */
async function choosePage(): Promise<Required<Pick<ServerRecord, 'page_host' | 'page_port'>>> {
  const [page_port = 0] = await findFreePorts(1);
  if (process.platform !== 'linux') return { page_host: '127.0.0.1', page_port };
  const parts = Array.from({ length: 3 }, () => randomInt(1, 255));
  return { page_host: `127.${parts.join('.')}`, page_port };
}

/**
 * A place for the server's counters, which it shows to whoever asks under any name, and cannot be told not to: where no
 * browser looks. Undefined while all of these ports are taken; the program chooses one then.
 */
export async function chooseCountersPort(): Promise<number | undefined> {
  const left = [...UNASKED_BY_BROWSERS];
  while (left.length > 0) {
    // Another one each time: servers of several homes may start at once.
    const [port = 0] = left.splice(randomInt(left.length), 1);
    if (await isPortFree(port)) return port;
  }
  return undefined;
}
