/** Lever stores on a folder of their own, sets that differ in one value, and processes that use a store. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LeverRow, ParameterName } from '../../src/levers/lever.contract.js';
import { LeverStore } from '../../src/levers/store.js';

export const storeAt = (home: string): LeverStore => new LeverStore({ home, seedsDir: 'seeds' });

/** Where the built product's store is. */
const STORE_URL = pathToFileURL(path.resolve('dist', 'levers', 'store.js')).href;

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
    const move = await store.publish({ scenario: 'default', fingerprint, expected, warrant: { kind: 'person', mover: { user: name, role: 'approver', authenticated_by: 'system' }, asked: null }, reason: String(count) });
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
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, STORE_URL, home, name], {
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

/** Makes one move and is killed, with SIGKILL, just before its nth call to the file system; prints "made" where it has fewer. */
const DOOMED = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const [storeUrl, home, fingerprint, expected, last] = process.argv.slice(1);
const { LeverStore } = await import(storeUrl);
const store = new LeverStore({ home, seedsDir: 'seeds' });
const handle = await fs.promises.open(process.execPath);
await handle.close();
let calls = 0;
const watch = (owner, name) => {
  const call = owner[name];
  owner[name] = function (...args) {
    calls += 1;
    if (calls === Number(last)) process.kill(process.pid, 'SIGKILL');
    return call.apply(this, args);
  };
};
for (const name of ['open', 'link', 'rename', 'rm', 'mkdir', 'readFile']) watch(fs.promises, name);
const prototype = Object.getPrototypeOf(handle);
for (const name of ['write', 'writeFile', 'truncate', 'sync', 'close']) watch(prototype, name);
syncBuiltinESMExports();
await store.publish({ scenario: 'default', fingerprint, expected, warrant: { kind: 'person', mover: { user: 'ann', role: 'approver', authenticated_by: 'system' }, asked: null }, reason: 'doomed' });
process.stdout.write('made');`;

/** True once the process outlives its move. */
export async function publishUntilCall(
  home: string,
  fingerprint: string,
  expected: string,
  call: number,
): Promise<boolean> {
  const argv = ['--input-type=module', '-e', DOOMED, STORE_URL, home, fingerprint, expected, String(call)];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`ended with ${code} ${signal}`);
  return text === 'made';
}
