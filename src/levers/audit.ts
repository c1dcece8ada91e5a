/** The audit trail: the history of moves and the decisions against one, each with what it changed, row by row. */
import type { Config } from '../config.js';
import type { AuditEntry, AuditFilter } from './audit.contract.js';
import { isSamePerson } from '../shared/contract/person.terms.js';
import { leverChanges } from './changes.js';
import { leverStore } from './open.js';
import { asSeenBy, inheritance, readScenarios, type Scenario } from './scenarios.js';
import type { LeverStore } from './store.js';

/** A move, or a decision, without what it changed. */
export type Audited = Omit<AuditEntry, 'changes'>;

/**
 * The newest first.
 * @param decisions of runs whose levers were not published
 * @throws MeritloopError LEVER_SET_UNKNOWN, LEVER_SET_CHANGED where a set of the history is gone or was edited
 */
export async function auditTrail(
  config: Config,
  filter: AuditFilter,
  decisions: readonly Audited[],
): Promise<AuditEntry[]> {
  const store = leverStore(config);
  const scenarios = await readScenarios(config);
  const moves = (await store.history()).map(
    ({ at, scenario, action, by, reason, run_id, approval, from, to }): Audited => ({
      at,
      scenario,
      action,
      by,
      reason,
      run_id,
      outcome: approval?.outcome ?? null,
      approval,
      from,
      to,
    }),
  );
  const chosen = [...moves, ...decisions].filter((entry) => isAsked(entry, filter));
  const entries: AuditEntry[] = [];
  for (const entry of chosen.toSorted((one, other) => (one.at < other.at ? 1 : -1))) {
    const all = await changesOf(store, scenarios, entry);
    const changes = all.filter(
      ({ parameter_name, fiscal_year, job_level }) =>
        (filter.lever?.includes(parameter_name) ?? true) &&
        (filter.years?.includes(fiscal_year) ?? true) &&
        (filter.levels?.includes(job_level) ?? true),
    );
    const ofSome = filter.lever ?? filter.years ?? filter.levels;
    if (ofSome === undefined || changes.length > 0) entries.push({ ...entry, changes });
  }
  return entries;
}

const isAsked = (entry: Audited, { scenario, run, who }: AuditFilter): boolean =>
  (scenario === undefined || entry.scenario === scenario) &&
  (run === undefined || entry.run_id === run) &&
  (who === undefined ||
    [entry.by, entry.approval?.by, entry.approval?.requested_by].some(
      (name) => typeof name === 'string' && isSamePerson(name, who),
    ));

async function changesOf(
  store: LeverStore,
  scenarios: readonly Scenario[],
  { scenario, from, to }: Audited,
): Promise<AuditEntry['changes']> {
  const chain = inheritance(scenario, scenarios);
  const [before, after] = await Promise.all([store.load(from), store.load(to)]);
  return leverChanges(asSeenBy(scenario, chain, before), asSeenBy(scenario, chain, after))
    .filter(({ scenario_id }) => scenario_id === scenario)
    .map(({ scenario_id: _same, ...row }) => row);
}
