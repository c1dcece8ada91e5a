/** `levers …` on a home of its own, inside the test's process. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { LeverMoveRecord } from '../../../src/levers/lever-store.contract.js';
import type { LeverRow } from '../../../src/levers/lever.contract.js';
import type { LeverDifference } from '../../../src/levers/changes.js';
import { runInProcess, type Captured } from '../capture.js';

export interface Moved {
  readonly moved: boolean;
  readonly lever_set: string;
  readonly previous: string;
  readonly move: LeverMoveRecord | null;
  readonly changes: readonly LeverDifference[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

export interface LeversHome {
  readonly folder: string;
  readonly home: string;
  run(...argv: readonly string[]): Promise<Captured>;
  /** The document of a command that ends with 0. */
  json<Result>(...argv: readonly string[]): Promise<Result>;
  /** `levers set` by ann, for the budget. */
  set(...argv: readonly string[]): Promise<Moved>;
  shown(...argv: readonly string[]): Promise<LeverRow[]>;
  history(...argv: readonly string[]): Promise<LeverMoveRecord[]>;
  /** Every file under the home with the hash of its bytes. */
  contents(): Promise<Record<string, string>>;
  /** Writes a file beside the home. */
  file(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export const sampleLevers = (): Promise<string> =>
  readFile(new URL('../../../seeds/comp_levers.csv', import.meta.url), 'utf8');

export async function leversHome(): Promise<LeversHome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-levers-'));
  const home = path.join(folder, 'home');
  const run = (...argv: readonly string[]) => runInProcess(['levers', ...argv, '--home', home], folder);
  async function json<Result>(...argv: readonly string[]): Promise<Result> {
    const { exitCode, stdout, stderr } = await run(...argv, '--json');
    if (exitCode !== 0) throw new Error(stdout);
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Result;
  }
  return {
    folder,
    home,
    run,
    json,
    set: (...argv) => json<Moved>('set', ...argv, '--reason', 'budget', '--by', 'ann'),
    shown: async (...argv) => (await json<{ levers: LeverRow[] }>('show', ...argv)).levers,
    history: async (...argv) => (await json<{ moves: LeverMoveRecord[] }>('history', ...argv)).moves,
    contents: () => hashes(home),
    async file(name, text) {
      const file = path.join(folder, name);
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    // SQLite keeps and drops its log beside the catalog when it likes.
    .filter((file) => !file.startsWith(path.join(folder, 'catalog')));
  const found = await Promise.all(files.map(async (file) => [file, sha256(await readFile(file))] as const));
  return Object.fromEntries(found);
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
