/** Why a server that was started has ended at once: in its own words, and whether the same start may do later. */
import { open, stat } from 'node:fs/promises';
import type { Config } from '../config.js';
import { serverPaths } from './server-record.js';

const LONGEST_CHARACTERS = 300;
/** A server that has nothing more to say than this has been read. */
const READ_BYTES = 64 * 1024;

/** The program's own last word, before Go's words for a crash; a crash is followed by the frames of its stack. */
const CAUSES = [/^Error: (.+)/m, /^(?:panic|fatal error): (.+)/m, /"error":"([^"]+)"/m, /^(.*\S.*)$/m];

/**
 * What passes by itself: a server that is just dying still has its ports or its database, somebody else was faster to
 * take one of the ports that the program chooses itself, and a crash of a program that starts between the two.
 */
const PASSING = /address already in use|database is locked|SQLITE_BUSY|^(?:panic|fatal error|SIG[A-Z]+)\b/m;

export interface StartCause {
  /** One line. */
  readonly line: string;
  readonly passes: boolean;
}

/** How far the log is written, before a start. Bytes. */
export async function endOfLog(config: Pick<Config, 'home'>): Promise<number> {
  try {
    return (await stat(serverPaths(config).log)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** @param from where this start began to write @param signal what ended it, where something else did */
export async function readStartCause(
  config: Pick<Config, 'home'>,
  from: number,
  signal: NodeJS.Signals | null,
): Promise<StartCause> {
  const log = await open(serverPaths(config).log, 'r');
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, from);
    return causeIn(buffer.toString('utf8', 0, bytesRead), signal);
  } finally {
    await log.close();
  }
}

/** The same of what a server has written. */
export function causeIn(text: string, signal: NodeJS.Signals | null): StartCause {
  const said = CAUSES.map((cause) => cause.exec(text)?.[1]?.trim()).find((line) => line !== undefined);
  const line = said ?? (signal === null ? 'it said nothing' : `${signal} ended it`);
  return { line: line.slice(0, LONGEST_CHARACTERS), passes: signal !== null || PASSING.test(text) };
}
