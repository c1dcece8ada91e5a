/** Moves a scenario's levers by hand: a set is stored, then made current unless somebody was quicker. */
import type { LeverRow } from './lever.contract.js';
import type { LeverAction, LeverMoveRecord } from './lever-store.contract.js';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { leverChanges, type LeverDifference } from './changes.js';
import { byHand } from './gate.js';
import { lineage } from './lineage.js';
import { requireMayMove, type AskedMove, type Mover } from './move-policy.pure.js';
import { leverStore } from './open.js';
import { asSeenBy, inheritance, readScenarios, resolveLevers } from './scenarios.js';
import type { LeverStore } from './store.js';
import { leverWarnings, type LeverWarning } from './warnings.js';

export interface MoveRequest {
  readonly scenario: string;
  /** The set that the mover saw as current; default: the one that is. */
  readonly expected?: string | undefined;
  readonly action: LeverAction;
  readonly mover: Mover;
  /** What asked for these levers before; null: the mover does, now. */
  readonly asked?: AskedMove | null | undefined;
  readonly reason: string;
  readonly run_id?: string | undefined;
}

/** What a move is about; `chain` is the scenario and what it inherits from. */
export interface MoveScope {
  readonly store: LeverStore;
  readonly scenario: string;
  readonly chain: readonly string[];
  readonly expected: string;
  readonly by: string;
}

export interface ChosenSet {
  /** The stored set to make current. */
  readonly fingerprint: string;
  readonly notices: readonly string[];
}

export interface MadeLeverMove {
  readonly scenario: string;
  /** False: the levers were current already. */
  readonly moved: boolean;
  readonly lever_set: string;
  readonly previous: string;
  readonly move: LeverMoveRecord | null;
  readonly changes: LeverDifference[];
  readonly warnings: LeverWarning[];
  readonly notices: string[];
}

/**
 * @param choose stores the set to make current
 * @throws MeritloopError LEVERS_MOVED, what the rule of moves refuses, and what `choose` throws
 */
export async function moveLevers(
  config: Config,
  { scenario, action, mover, asked = null, reason, run_id, ...request }: MoveRequest,
  choose: (scope: MoveScope) => Promise<ChosenSet>,
): Promise<MadeLeverMove> {
  // Before anything is stored; the store asks again, as of everybody.
  requireMayMove({ action, mover, asked });
  const store = leverStore(config);
  const chain = inheritance(scenario, await readScenarios(config));
  const expected = request.expected ?? (await store.current(scenario));
  const { fingerprint, notices } = await choose({ store, scenario, chain, expected, by: mover.user });
  const move = await store.publish({
    scenario,
    fingerprint,
    expected,
    action,
    warrant: byHand(mover, asked),
    reason,
    ...(run_id === undefined ? {} : { run_id }),
  });
  const after = await store.load(fingerprint);
  const before = move === null ? after : await store.load(expected);
  return {
    scenario,
    moved: move !== null,
    lever_set: fingerprint,
    previous: expected,
    move,
    changes: leverChanges(asSeenBy(scenario, chain, before), asSeenBy(scenario, chain, after)),
    warnings: leverWarnings(resolveLevers(after, chain)),
    notices: [...notices],
  };
}

/**
 * Stores the rows of a lever file for a scenario.
 * @param refuse makes the error for a scenario that the file has nothing for
 */
export async function chooseRows(
  { store, scenario, chain }: MoveScope,
  rows: readonly LeverRow[],
  refuse: (rule: string) => Error,
): Promise<ChosenSet> {
  const held = [...new Set(rows.map(({ scenario_id }) => scenario_id))];
  if (!chain.some((name) => held.includes(name)))
    throw refuse(`must be one that the file has levers for: ${held.join(', ')}`);
  const apart = (await store.scenarios()).filter((name) => name !== scenario && held.includes(name));
  return {
    fingerprint: await store.save(rows),
    notices: apart
      .filter((name) => !chain.includes(name))
      .map((name) => `scenario ${name} has levers of its own, which stay: import with --scenario ${name}`),
  };
}

/**
 * An earlier set of the scenario.
 * @param to a set of its history; undefined for the one `steps` back
 * @param refuse makes the error for a set that it never had
 * @throws MeritloopError LEVERS_NEVER_MOVED
 */
export async function chooseEarlier(
  { store, scenario }: MoveScope,
  { to, steps }: { readonly to: string | undefined; readonly steps: number },
  refuse: (rule: string) => Error,
): Promise<ChosenSet> {
  const moves = await store.history(scenario);
  if (to === undefined) {
    const sets = lineage(moves);
    const fingerprint = sets.at(-1 - steps);
    if (fingerprint === undefined)
      throw failure('LEVERS_NEVER_MOVED', { scenario, sets: Math.max(0, sets.length - 1) });
    return { fingerprint, notices: [] };
  }
  if (!moves.some((made) => made.from === to || made.to === to))
    throw refuse(`must be a set from the history of scenario ${scenario}`);
  return { fingerprint: to, notices: [] };
}
