/** The lever store: immutable sets named by their content, and each scenario's current one, which moves by compare-and-swap. */
import { createHash } from 'node:crypto';
import { readdir, readFile, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { ApprovalRecord } from '../runs/approval.contract.js';
import type { LeverRow } from './lever.contract.js';
import { LEVER_FINGERPRINT, type LeverAction, type LeverMoveRecord } from './lever-store.contract.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import { readText, writeWhole } from '../shared/files/durable.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { describeChange, leverChanges, summarizeChanges } from './changes.js';
import { formatLevers, parseLevers } from './file.js';
import { moverOf, requireWarrant, type Warrant } from './gate.js';
import { readPointer, recordMove, writePointer, type PointerState } from './pointer.js';

/** sha256 of the canonical text. */
export const leverFingerprint = (rows: readonly LeverRow[]): string => sha256(formatLevers(rows));

export interface LeverMove {
  readonly scenario: string;
  /** The set to make current; stored before. */
  readonly fingerprint: string;
  /** The set that the mover saw as current. */
  readonly expected: string;
  /** Default: publish. */
  readonly action?: LeverAction;
  /** On whose word: nothing moves without one that holds. */
  readonly warrant: Warrant;
  readonly reason: string;
  readonly run_id?: string;
  readonly approval?: ApprovalRecord | null;
}

const PREFIX = /^[0-9a-f]{6,64}$/;
/** So many of somebody else's changes stand in a refusal. */
const CHANGES_NAMED = 200;

export interface LeverStoreOptions {
  readonly home: string;
  /** Holds `comp_levers.csv`, the first import, which is never written. */
  readonly seedsDir: string;
  /** Told the history after each move that was made. */
  readonly onMove?: ((moves: readonly LeverMoveRecord[]) => Promise<void>) | undefined;
}

export class LeverStore {
  readonly #home: string;
  readonly #folder: string;
  readonly #seedFile: string;
  readonly #onMove: LeverStoreOptions['onMove'];

  constructor({ home, seedsDir, onMove }: LeverStoreOptions) {
    this.#home = home;
    this.#folder = path.join(home, 'levers');
    this.#seedFile = path.join(seedsDir, 'comp_levers.csv');
    this.#onMove = onMove;
  }

  /** Stores a set, written whole and flushed; returns its fingerprint. The same rows are stored once. */
  async save(rows: readonly LeverRow[]): Promise<string> {
    const text = formatLevers(rows);
    const fingerprint = sha256(text);
    const file = this.path(fingerprint);
    // In use again: `gc` goes by age.
    if ((await readText(file)) === text) await utimes(file, new Date(), new Date());
    else await writeWhole(file, text);
    return fingerprint;
  }

  /** @throws MeritloopError LEVER_SET_UNKNOWN, LEVER_SET_CHANGED when the file is not what its name says */
  async load(fingerprint: string): Promise<LeverRow[]> {
    return parseLevers(await this.text(fingerprint), path.basename(this.path(fingerprint)));
  }

  /** The set's file, byte for byte. @throws MeritloopError LEVER_SET_UNKNOWN, LEVER_SET_CHANGED */
  async text(fingerprint: string): Promise<string> {
    const file = this.path(fingerprint);
    const text = await readText(file);
    if (text === null) throw failure('LEVER_SET_UNKNOWN', { fingerprint });
    if (sha256(text) !== fingerprint) throw failure('LEVER_SET_CHANGED', { path: file });
    return text;
  }

  /**
   * Fingerprint of the scenario's current set; a scenario that was never moved uses that of `default`. The first
   * call imports `comp_levers.csv`.
   * @throws MeritloopError ROW_INVALID and the like for a bad seed file
   */
  async current(scenario: string): Promise<string> {
    return currentIn(await this.#state(), scenario);
  }

  /** Every move, oldest first; of one scenario where it is named. */
  async history(scenario?: string): Promise<LeverMoveRecord[]> {
    const { moves } = await this.#state();
    return moves.filter((move) => scenario === undefined || move.scenario === scenario);
  }

  /** The scenarios that have a set of their own. */
  async scenarios(): Promise<string[]> {
    return [...(await this.#state()).pointer.scenarios.keys()].toSorted();
  }

  /** The stored set whose fingerprint starts so (6 to 64 digits); undefined where none or several do. */
  async find(prefix: string): Promise<string | undefined> {
    if (!PREFIX.test(prefix)) return undefined;
    await this.#state();
    const names = (await readdir(this.#folder)).map((name) => path.basename(name, '.csv'));
    const found = names.filter((name) => LEVER_FINGERPRINT.test(name) && name.startsWith(prefix));
    return found.length === 1 ? found[0] : undefined;
  }

  /**
   * Makes a stored set the scenario's current one. Returns the recorded move, or null where it is current already.
   * @throws MeritloopError LEVERS_MOVED naming who moved it since `expected`, when, why and what they changed;
   * LEVER_SET_UNKNOWN, LOCK_HELD; and what the gate refuses: see {@link requireWarrant}
   */
  async publish(wanted: LeverMove): Promise<LeverMoveRecord | null> {
    const { action = 'publish', scenario, fingerprint, warrant } = wanted;
    await requireWarrant(this.#home, { action, scenario, fingerprint }, warrant);
    const made = await this.#move(wanted);
    if (made !== null) await this.#onMove?.(await this.history());
    return made;
  }

  async #move({
    fingerprint,
    expected,
    run_id,
    approval = null,
    action = 'publish',
    warrant,
    ...move
  }: LeverMove): Promise<LeverMoveRecord | null> {
    const seen = await this.#state();
    return withLock(this.#lockFile, async () => {
      const state = (await readPointer(this.#folder)) ?? seen;
      const found = currentIn(state, move.scenario);
      // A clone begins with a set of its own, even where that is the one it would have inherited.
      const begins = action === 'clone' && !state.pointer.scenarios.has(move.scenario);
      if (found === fingerprint && !begins) return null;
      if (found !== expected) throw await this.#moved(state, move.scenario, expected, found, fingerprint);
      await this.text(fingerprint);
      return recordMove(this.#folder, state, {
        action,
        ...move,
        by: moverOf(warrant),
        from: found,
        to: fingerprint,
        run_id: run_id ?? null,
        approval,
      });
    });
  }

  /** Where a set is stored. @throws MeritloopError LEVER_SET_UNKNOWN when it is no fingerprint */
  path(fingerprint: string): string {
    if (!LEVER_FINGERPRINT.test(fingerprint)) throw failure('LEVER_SET_UNKNOWN', { fingerprint });
    return path.join(this.#folder, `${fingerprint}.csv`);
  }

  get #lockFile(): string {
    return path.join(this.#folder, 'pointer.lock');
  }

  async #state(): Promise<PointerState> {
    return (await readPointer(this.#folder)) ?? this.#firstImport();
  }

  /** A bad seed file makes nothing, not even the folder. */
  async #firstImport(): Promise<PointerState> {
    const rows = parseLevers(await readFile(this.#seedFile, 'utf8'), path.basename(this.#seedFile));
    return withLock(this.#lockFile, async () => {
      const made = await readPointer(this.#folder);
      if (made !== null) return made;
      const pointer = { scenarios: new Map([['default', await this.save(rows)]]), version: 0 };
      await writePointer(this.#folder, pointer);
      return { pointer, moves: [] };
    });
  }

  async #moved(
    { pointer, moves }: PointerState,
    scenario: string,
    expected: string,
    found: string,
    own: string,
  ): Promise<MeritloopError> {
    // A scenario without a set of its own moves with default.
    const moved = pointer.scenarios.has(scenario) ? scenario : 'default';
    const winner = moves.findLast((move) => move.scenario === moved);
    const theirs = leverChanges(await this.load(expected), await this.load(found));
    return failure('LEVERS_MOVED', {
      scenario,
      expected,
      found,
      own,
      by: winner?.by ?? 'somebody',
      at: winner?.at ?? 'an unknown time',
      reason: winner?.reason ?? '',
      run_id: winner?.run_id ?? null,
      change: summarizeChanges(theirs),
      changes: theirs.slice(0, CHANGES_NAMED).map(describeChange),
    });
  }
}

function currentIn({ pointer }: PointerState, scenario: string): string {
  const fingerprint = pointer.scenarios.get(scenario) ?? pointer.scenarios.get('default');
  if (fingerprint === undefined)
    throw failure('LEVER_SET_UNKNOWN', { fingerprint: `of scenario ${scenario}` });
  return fingerprint;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
