/**
 * The pointer to each scenario's current set, and the history of its moves. A move is made the moment its line stands
 * whole in `history.ndjson`; `current.json` follows. Whoever finds it behind, because the mover was killed in between,
 * reads on from the history, and the next move writes it anew.
 */
import path from 'node:path';
import { types } from 'node:util';
import { z } from 'zod';
import {
  leverMoveRecord,
  leverPointer,
  type LeverMoveRecord,
  type LeverPointer,
} from './lever-store.contract.js';
import { failure } from '../shared/errors/errors.js';
import { appendLine, readText, writeWhole } from '../shared/files/durable.js';

export interface PointerState {
  readonly pointer: LeverPointer;
  /** Oldest first. */
  readonly moves: readonly LeverMoveRecord[];
}

const pointerFile = (folder: string): string => path.join(folder, 'current.json');
const historyFile = (folder: string): string => path.join(folder, 'history.ndjson');

/** Null before the first import. @throws MeritloopError LEVER_RECORD_DAMAGED */
export async function readPointer(folder: string): Promise<PointerState | null> {
  // In this order: the history is never behind the pointer.
  const text = await readText(pointerFile(folder));
  const moves = await readMoves(historyFile(folder));
  const [first] = moves;
  if (text === null && first === undefined) return null;
  const written =
    text === null
      ? { scenarios: new Map(first === undefined ? [] : [['default', first.from]]), version: 0 }
      : parsed(leverPointer, text, pointerFile(folder), 1);
  return { pointer: moves.reduce(followed, written), moves };
}

/** Without a line in the history: only for the first import. */
export async function writePointer(folder: string, { scenarios, version }: LeverPointer): Promise<void> {
  const text = JSON.stringify({ scenarios: Object.fromEntries(scenarios), version }, null, 2);
  const file = pointerFile(folder);
  // As it will be read: nothing is written that could not be.
  parsed(leverPointer, text, file, 1);
  await writeWhole(file, `${text}\n`);
}

/** Makes `move`; the caller holds the lock. The history comes first, so that no move is ever unrecorded. */
export async function recordMove(
  folder: string,
  { pointer }: PointerState,
  move: Omit<LeverMoveRecord, 'version' | 'at'>,
): Promise<LeverMoveRecord> {
  const made = { version: pointer.version + 1, ...move, at: new Date().toISOString() };
  // A line that could not be read again would close the home to everybody.
  const record = parsed(leverMoveRecord, JSON.stringify(made), historyFile(folder), made.version);
  await appendLine(historyFile(folder), JSON.stringify(record));
  await writePointer(folder, followed(pointer, record));
  return record;
}

const followed = (pointer: LeverPointer, { version, scenario, to }: LeverMoveRecord): LeverPointer =>
  version <= pointer.version ? pointer : { scenarios: new Map(pointer.scenarios).set(scenario, to), version };

async function readMoves(file: string): Promise<LeverMoveRecord[]> {
  const text = (await readText(file)) ?? '';
  // What follows the last line's end was never finished.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.slice(0, -1).map((line, index) => parsed(leverMoveRecord, line, file, index + 1));
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  line: number,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    if (!types.isNativeError(error) && !(error instanceof z.ZodError)) throw error;
    const reason = error instanceof z.ZodError ? (error.issues[0]?.message ?? '') : error.message;
    throw failure('LEVER_RECORD_DAMAGED', { path: file, line, reason }, error);
  }
}
