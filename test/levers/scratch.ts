/** Lever stores on a folder of their own, sets that differ in one value, and processes that use a store. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LeverRow, ParameterName } from '../../src/contract/lever.js';
import { LeverStore } from '../../src/levers/store.js';

export const storeAt = (home: string): LeverStore => new LeverStore({ home, seedsDir: 'seeds' });

/** The rows with one value changed in all years and levels, and stored. */
export async function savedWith(
  store: LeverStore,
  from: string,
  parameter: ParameterName,
  value: number,
): Promise<string> {
  const rows = await store.load(from);
  return store.save(
    rows.map((row): LeverRow =>
      row.parameter_name === parameter ? { ...row, parameter_value: value } : row,
    ),
  );
}

/** Moves the pointer again and again, each time to a set that no other has; says the version of each move on stdout. */
const WRITER = `
const [storeUrl, home, name] = process.argv.slice(1);
const { LeverStore } = await import(storeUrl);
const store = new LeverStore({ home, seedsDir: 'seeds' });
for (let count = 0; ; count += 1) {
  const expected = await store.current('default');
  const rows = await store.load(expected);
  const fingerprint = await store.save(rows.map((row) => ({ ...row, created_by: name + count })));
  try {
    const move = await store.publish({ scenario: 'default', fingerprint, expected, by: name, reason: String(count) });
    process.stdout.write(move.version + '\\n');
  } catch (error) {
    if (error.code !== 'LEVERS_MOVED') throw error;
  }
}`;

export interface Writer {
  readonly process: ChildProcess;
  /** Versions of the moves that it was told are made. */
  readonly told: number[];
}

/** A process of the built store, which must be killed. */
export function startWriter(home: string, name: string): Writer {
  const url = pathToFileURL(path.resolve('dist', 'levers', 'store.js')).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, url, home, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: number[] = [];
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n');
    text = lines.pop() ?? '';
    told.push(...lines.map(Number));
  });
  return { process: child, told };
}
