/** The lever store: immutable sets named by their content, and the pointer to each scenario's current set. */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';
import { z } from 'zod';
import type { LeverRow } from '../contract/lever.js';
import { failure } from '../errors.js';
import { formatLevers, parseLevers } from './file.js';

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** `<home>/levers/current.json`; `version` counts the moves. */
export const leverPointer = z.object({
  scenarios: z.record(z.string(), z.string().regex(FINGERPRINT)),
  version: z.int().min(0),
});
export type LeverPointer = z.infer<typeof leverPointer>;

/** sha256 of the canonical text. */
export const leverFingerprint = (rows: readonly LeverRow[]): string => sha256(formatLevers(rows));

export class LeverStore {
  readonly #folder: string;
  readonly #seedFile: string;

  /** @param seedsDir holds `comp_levers.csv`, the first import, which is never written */
  constructor({ home, seedsDir }: { readonly home: string; readonly seedsDir: string }) {
    this.#folder = path.join(home, 'levers');
    this.#seedFile = path.join(seedsDir, 'comp_levers.csv');
  }

  /** Stores a set, written whole and flushed; returns its fingerprint. The same rows are stored once. */
  async save(rows: readonly LeverRow[]): Promise<string> {
    const text = formatLevers(rows);
    const fingerprint = sha256(text);
    if ((await readText(this.path(fingerprint))) !== text)
      await this.#writeWhole(text, (partial) => rename(partial, this.path(fingerprint)));
    return fingerprint;
  }

  /** @throws MeritloopError LEVER_SET_UNKNOWN, LEVER_SET_CHANGED when the file is not what its name says */
  async load(fingerprint: string): Promise<LeverRow[]> {
    const file = this.path(fingerprint);
    const text = await readText(file);
    if (text === null) throw failure('LEVER_SET_UNKNOWN', { fingerprint });
    if (sha256(text) !== fingerprint) throw failure('LEVER_SET_CHANGED', { path: file });
    return parseLevers(text, path.basename(file));
  }

  /**
   * Fingerprint of the scenario's current set; a scenario that was never moved uses that of `default`. The first
   * call imports `comp_levers.csv`.
   * @throws MeritloopError ROW_INVALID and the like for a bad seed file
   */
  async current(scenario: string): Promise<string> {
    const { scenarios } = (await this.#readPointer()) ?? (await this.#firstImport());
    const fingerprint = scenarios[scenario] ?? scenarios['default'];
    if (fingerprint === undefined)
      throw failure('LEVER_SET_UNKNOWN', { fingerprint: `of scenario ${scenario}` });
    return fingerprint;
  }

  /** Where a set is stored. @throws MeritloopError LEVER_SET_UNKNOWN when it is no fingerprint */
  path(fingerprint: string): string {
    if (!FINGERPRINT.test(fingerprint)) throw failure('LEVER_SET_UNKNOWN', { fingerprint });
    return path.join(this.#folder, `${fingerprint}.csv`);
  }

  get #pointerFile(): string {
    return path.join(this.#folder, 'current.json');
  }

  async #readPointer(): Promise<LeverPointer | null> {
    const text = await readText(this.#pointerFile);
    return text === null ? null : leverPointer.parse(JSON.parse(text));
  }

  async #firstImport(): Promise<LeverPointer> {
    const rows = parseLevers(await readFile(this.#seedFile, 'utf8'), path.basename(this.#seedFile));
    const first: LeverPointer = { scenarios: { default: await this.save(rows) }, version: 0 };
    // A link fails where a pointer exists: a move made meanwhile by another process is never undone.
    await this.#writeWhole(`${JSON.stringify(first, null, 2)}\n`, (partial) =>
      ignoring('EEXIST', link(partial, this.#pointerFile)),
    );
    return (await this.#readPointer()) ?? first;
  }

  async #writeWhole(text: string, place: (partial: string) => Promise<unknown>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const partial = path.join(this.#folder, `.partial-${randomUUID()}`);
    try {
      const handle = await open(partial, 'wx');
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await place(partial);
    } finally {
      await rm(partial, { force: true });
    }
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const readText = (file: string): Promise<string | null> => ignoring('ENOENT', readFile(file, 'utf8'));

/** Null instead of the system's error `code`. */
async function ignoring<Result>(code: string, call: Promise<Result>): Promise<Result | null> {
  return call.catch((error: unknown) => {
    if (types.isNativeError(error) && 'code' in error && error.code === code) return null;
    throw error;
  });
}
