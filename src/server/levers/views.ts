/** Levers as the API shows them. */
import { definitionOf, PARAMETER_NAMES, type LeverRow } from '../../levers/lever.contract.js';
import type { LeverMoveRecord } from '../../levers/lever-store.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { leverChanges } from '../../levers/changes.js';
import type { LeverStore } from '../../levers/store.js';
import { resolveLevers } from '../../levers/scenarios.js';
import type { LeverConflict } from '../common.contract.js';
import type { MeritloopError } from '../../shared/errors/errors.js';
import { own } from '../../shared/own.terms.js';

export const parameterInfos = () =>
  PARAMETER_NAMES.map((parameter_name) => {
    const { eventType, unit, hardRange, bounds, step, usual, isTogether, label } =
      definitionOf(parameter_name);
    return {
      parameter_name,
      event_type: eventType,
      unit,
      label,
      hard_range: pair(hardRange),
      bounds: pair(bounds),
      step,
      usual_average: { low: usual?.low ?? null, high: usual?.high ?? null },
      levels_equal: isTogether,
    };
  });

const pair = ([low, high]: readonly [number, number]): [number, number] => [low, high];

export interface CellValue {
  readonly value: number | null;
  readonly is_locked: boolean;
  readonly scenario_id: string | null;
  readonly lever_set: string;
  readonly move: LeverMoveRecord | null;
}

/** Moves further back are not looked at. */
const MOVES_READ = 300;

/** The values that one lever had, the newest first; only moves that changed it. */
export async function cellValues(
  store: LeverStore,
  { scenario, chain }: { readonly scenario: string; readonly chain: readonly string[] },
  isCell: (row: LeverRow) => boolean,
): Promise<CellValue[]> {
  const own = (await store.scenarios()).includes(scenario) ? scenario : 'default';
  const moves = (await store.history(own)).slice(-MOVES_READ);
  const first = moves[0]?.from ?? (await store.current(own));
  const values: CellValue[] = [];
  for (const { lever_set, move } of [
    { lever_set: first, move: null },
    ...moves.map((made) => ({ lever_set: made.to, move: made })),
  ]) {
    const row = resolveLevers(await store.load(lever_set), chain).find(isCell);
    const value = row?.parameter_value ?? null;
    const before = values.at(-1);
    const same =
      before !== undefined && before.value === value && before.is_locked === (row?.is_locked ?? false);
    if (!same)
      values.push({
        value,
        is_locked: row?.is_locked ?? false,
        scenario_id: row?.scenario_id ?? null,
        lever_set,
        move,
      });
  }
  return values.toReversed();
}

/** Both sides of a conflict, from the sets that it names. */
export async function conflictOf(store: LeverStore, error: MeritloopError): Promise<LeverConflict> {
  const text = (name: string): string => String(own(error.fields, name) ?? '');
  const [expected, found, yours] = await Promise.all(
    [text('expected'), text('found'), text('own')].map((fingerprint) => store.load(fingerprint)),
  );
  if (expected === undefined || found === undefined || yours === undefined)
    throw failure('LEVER_SET_UNKNOWN', { fingerprint: text('expected') });
  return {
    scenario: text('scenario'),
    expected: text('expected'),
    found: text('found'),
    own: text('own'),
    by: text('by'),
    at: text('at'),
    reason: text('reason'),
    run_id: error.fields['run_id'] === null ? null : text('run_id'),
    theirs: leverChanges(expected, found),
    yours: leverChanges(expected, yours),
  };
}
