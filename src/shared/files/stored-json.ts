/** JSON files of a home: what is in them is what was written, or they are refused by name. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failure, type MeritloopError } from '../errors/errors.js';

/**
 * Reads what was written; a record that carries a seal is compared with it.
 * @param remove what makes room for it to be made again; null where a backup is needed
 * @throws MeritloopError STORED_FILE_DAMAGED naming the file and what is wrong in it
 */
export function parseStored<Value>(
  file: string,
  text: string,
  parse: (value: unknown) => Value,
  remove: string | null = null,
): Value {
  try {
    return parse(unsealed(file, JSON.parse(text), remove));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError || error instanceof TypeError))
      throw error;
    throw damagedFile(file, firstProblem(error), remove, error);
  }
}

export const damagedFile = (
  file: string,
  detail: string,
  remove: string | null,
  cause?: unknown,
): MeritloopError => failure('STORED_FILE_DAMAGED', { path: file, detail, remove }, cause);

/** A record with the hash of all its other fields, for files that are replaced whole: no second file can disagree with it. */
export const withSeal = (record: object): object => ({ ...record, seal: sealOf(record) });

function unsealed(file: string, value: unknown, remove: string | null): unknown {
  if (typeof value !== 'object' || value === null || !('seal' in value)) return value;
  const { seal, ...record } = value;
  if (seal !== sealOf(record)) throw damagedFile(file, 'it is not what was written there', remove);
  return record;
}

const sealOf = (record: object): string => createHash('sha256').update(JSON.stringify(record)).digest('hex');

const firstProblem = (error: Error): string => {
  const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
  return issue === undefined ? error.message : `${issue.path.join('.')}: ${issue.message}`;
};
