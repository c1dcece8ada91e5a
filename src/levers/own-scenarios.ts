/** Scenarios made in a home: cloned from others, compared, and promoted to be another's levers. */
import { stringify } from 'csv-stringify/sync';
import type { Config } from '../config.js';
import type { ApprovalRecord } from '../runs/approval.contract.js';
import type { LeverRow } from './lever.contract.js';
import type { LeverMoveRecord } from './lever-store.contract.js';
import { RUN_ID } from '../runs/request.contract.js';
import { csvCell } from '../shared/contract/escaped.terms.js';
import { failure } from '../shared/errors/errors.js';
import { writeWhole } from '../shared/files/durable.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { leverChanges, type LeverDifference } from './changes.js';
import { byHand } from './gate.js';
import { atHome, requireMayMove, type AskedMove } from './move-policy.pure.js';
import { leverStore } from './open.js';
import {
  asSeenBy,
  ownScenariosFile,
  readScenarios,
  resolveLevers,
  scenarioChain,
  type Scenario,
} from './scenarios.js';
import type { LeverStore } from './store.js';

export interface ListedScenario extends Scenario {
  /** The scenario itself, then what it inherits from. */
  readonly inherits: readonly string[];
  /** Fingerprint of its current set. */
  readonly lever_set: string;
  /** False: it follows `default`. */
  readonly has_own_set: boolean;
  readonly last_move: LeverMoveRecord | null;
}

/** Every scenario that is defined, or stands in levers only, by name. */
export async function listScenarios(config: Config): Promise<ListedScenario[]> {
  const store = leverStore(config);
  const defined = await readScenarios(config);
  const pointed = await store.scenarios();
  const moves = await store.history();
  const rows = await store.load(await store.current('default'));
  const names = [
    ...new Set([
      'default',
      ...defined.map(({ scenario_id }) => scenario_id),
      ...pointed,
      ...rows.map(({ scenario_id }) => scenario_id),
    ]),
  ];
  return Promise.all(
    names.toSorted().map(async (scenario_id) => ({
      ...(defined.find((known) => known.scenario_id === scenario_id) ?? {
        scenario_id,
        parent_id: null,
        description: '',
        is_own: true,
      }),
      inherits: scenarioChain(scenario_id, defined, [...rows, ...pointed.map(nameOnly)]),
      lever_set: await store.current(scenario_id),
      has_own_set: pointed.includes(scenario_id),
      last_move: moves.findLast(({ scenario }) => scenario === scenario_id) ?? null,
    })),
  );
}

const nameOnly = (scenario_id: string): LeverRow => ({ scenario_id }) as LeverRow;

/** A scenario's levers as they hold for it. */
interface Seen {
  readonly chain: readonly string[];
  readonly lever_set: string;
  readonly rows: readonly LeverRow[];
  readonly resolved: readonly LeverRow[];
}

async function seen(config: Config, store: LeverStore, scenario: string): Promise<Seen> {
  const lever_set = await store.current(scenario);
  const rows = await store.load(lever_set);
  const pointed = (await store.scenarios()).map(nameOnly);
  const chain = scenarioChain(scenario, await readScenarios(config), [...rows, ...pointed]);
  return { chain, lever_set, rows, resolved: resolveLevers(rows, chain) };
}

export interface Cloning {
  readonly source: string;
  readonly name: string;
  /** True: it inherits from the source and has no rows of its own; false: the source's levers are copied. */
  readonly inherit: boolean;
  readonly description: string;
  readonly by: string;
  readonly reason: string;
}

export interface Cloned {
  readonly scenario: Scenario;
  readonly move: LeverMoveRecord | null;
}

/** @throws MeritloopError SCENARIO_UNKNOWN, SCENARIO_EXISTS, REQUEST_INVALID for a name that is none */
export async function cloneScenario(config: Config, cloning: Cloning): Promise<Cloned> {
  const { source, name, inherit, description, by, reason } = cloning;
  if (!RUN_ID.test(name))
    throw failure('REQUEST_INVALID', {
      source: 'scenario',
      field: 'name',
      value: name,
      rule: 'must be letters, digits, dot, dash or underscore',
    });
  const mover = atHome(by);
  requireMayMove({ action: 'clone', mover, asked: null });
  const store = leverStore(config);
  const from = await seen(config, store, source);
  const file = ownScenariosFile(config);
  const scenario = await withLock(`${file}.lock`, async () => {
    const known = await readScenarios(config);
    const taken = [
      ...known.map(({ scenario_id }) => scenario_id),
      ...(await store.scenarios()),
      ...from.rows.map(({ scenario_id }) => scenario_id),
    ];
    if (name === 'default' || taken.includes(name)) throw failure('SCENARIO_EXISTS', { scenario: name });
    const parent_id = inherit ? source : (from.chain[1] ?? 'default');
    const made = { scenario_id: name, parent_id, description, is_own: true };
    await writeWhole(file, formatScenarios([...known.filter(({ is_own }) => is_own), made]));
    return made;
  });
  const at = new Date().toISOString();
  const copies = from.resolved.map((row) => ({ ...row, scenario_id: name, created_at: at, created_by: by }));
  const fingerprint = inherit ? from.lever_set : await store.save([...from.rows, ...copies]);
  const move = await store.publish({
    scenario: name,
    fingerprint,
    expected: await store.current(name),
    action: 'clone',
    warrant: byHand(mover),
    reason,
  });
  return { scenario, move };
}

const formatScenarios = (scenarios: readonly Scenario[]): string =>
  stringify(
    scenarios.map(({ scenario_id, parent_id, description }) => [
      scenario_id,
      parent_id ?? '',
      csvCell(description),
    ]),
    { header: true, columns: ['scenario_id', 'parent_id', 'description'] },
  );

export interface Comparison {
  readonly from: {
    readonly scenario: string;
    readonly lever_set: string;
    readonly inherits: readonly string[];
  };
  readonly to: Comparison['from'];
  /** Values and locks that differ, once inheritance is resolved; `scenario_id` is that of `to`. */
  readonly changes: readonly LeverDifference[];
}

/** @throws MeritloopError SCENARIO_UNKNOWN */
export async function compareScenarios(config: Config, from: string, to: string): Promise<Comparison> {
  const store = leverStore(config);
  const [before, after] = [await seen(config, store, from), await seen(config, store, to)];
  const under = (rows: readonly LeverRow[]): LeverRow[] => rows.map((row) => ({ ...row, scenario_id: to }));
  return {
    from: { scenario: from, lever_set: before.lever_set, inherits: before.chain },
    to: { scenario: to, lever_set: after.lever_set, inherits: after.chain },
    changes: leverChanges(under(before.resolved), under(after.resolved)),
  };
}

export interface Promotion {
  readonly source: string;
  readonly target: string;
  /** Who asks for it. */
  readonly by: string;
  /** Somebody else. */
  readonly approved_by: string;
  readonly reason: string;
  /** Fingerprint that the target must show; default: what it shows now. */
  readonly expected?: string | undefined;
}

export interface Promoted {
  readonly lever_set: string;
  readonly previous: string;
  /** Null: the target had these levers already. */
  readonly move: LeverMoveRecord | null;
  readonly changes: readonly LeverDifference[];
}

const placeOf = ({ fiscal_year, job_level, parameter_name }: LeverRow): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;

/**
 * Gives `target` the levers that hold for `source`, under the target's own name; what is equal already stays as it is.
 * @throws MeritloopError OWN_CHANGE, SCENARIO_UNKNOWN, LEVER_LOCKED naming rows of the target, LEVERS_MOVED
 */
export async function promoteScenario(config: Config, promotion: Promotion): Promise<Promoted> {
  const { source, target, by, approved_by, reason } = promotion;
  const mover = atHome(approved_by);
  const asked: AskedMove = {
    of: 'scenario',
    id: target,
    requested_by: by,
    approvers: null,
    outcome: 'approved',
  };
  requireMayMove({ action: 'promote', mover, asked });
  const store = leverStore(config);
  const from = await seen(config, store, source);
  const expected = promotion.expected ?? (await store.current(target));
  const to = { ...(await seen(config, store, target)), rows: await store.load(expected) };
  const inForce = new Map(resolveLevers(to.rows, to.chain).map((row) => [placeOf(row), row]));
  const at = new Date().toISOString();
  const wanted = from.resolved.filter(
    (row) => inForce.get(placeOf(row))?.parameter_value !== row.parameter_value,
  );
  const locked = wanted.filter((row) => inForce.get(placeOf(row))?.is_locked === true);
  if (locked.length > 0)
    throw failure('LEVER_LOCKED', {
      scenario: target,
      rows: locked.map((row) => `${row.fiscal_year} L${row.job_level} ${row.parameter_name}`),
    });
  const replaced = new Set(wanted.map(placeOf));
  const rows = [
    ...to.rows.filter((row) => row.scenario_id !== target || !replaced.has(placeOf(row))),
    ...wanted.map((row) => ({
      ...row,
      scenario_id: target,
      is_locked: false,
      created_at: at,
      created_by: by,
    })),
  ];
  const lever_set = wanted.length === 0 ? expected : await store.save(rows);
  const approval: ApprovalRecord = {
    outcome: 'approved',
    requested_by: by,
    asked_at: at,
    expires_at: null,
    approvers: null,
    delegations: [],
    reminders: [],
    by: approved_by,
    at,
    comment: null,
  };
  const move = await store.publish({
    scenario: target,
    fingerprint: lever_set,
    expected,
    action: 'promote',
    warrant: byHand(mover, asked),
    reason: `${reason} (scenario ${source})`,
    approval,
  });
  const after = await store.load(lever_set);
  const changes = leverChanges(asSeenBy(target, to.chain, to.rows), asSeenBy(target, to.chain, after));
  return { lever_set, previous: expected, move, changes };
}
