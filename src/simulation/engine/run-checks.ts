/** Runs the invariants (dbt's tests) on a finished simulation; a violated one means that no result is stored. */
import { failure } from '../../shared/errors/errors.js';
import { countedTogether, type CheckCount } from '../model/check-rules.js';
import { type PlanCheck, hash, type Plan } from '../model/plan.js';
import { allDone } from './all-done.js';
import type { CheckResult } from '../simulator.js';
import type { Database } from './database.js';
import type { Fingerprint } from '../model/fingerprints.js';

async function count({ checks, sql }: CheckCount, database: Database): Promise<CheckResult[]> {
  const startedAt = performance.now();
  const [row] = await database.rows(sql);
  const seconds = (performance.now() - startedAt) / 1000 / checks.length;
  return checks.map(({ name }, index) => ({ name, violations: Number(row?.[`c${index}`]), seconds }));
}

/** Asks every check, also those that follow from others. @returns in the order of the checks */
export async function countAll(checks: readonly PlanCheck[], database: Database): Promise<CheckResult[]> {
  const counts = countedTogether(checks).map((counted) => count(counted, database));
  const results = new Map((await allDone(counts)).flat().map((result) => [result.name, result]));
  return checks.flatMap(({ name }) => results.get(name) ?? []);
}

/**
 * Those that follow from the recomputing ones run only where one of these finds a row; else their results say so.
 * @returns in the order of the checks.
 */
async function countViolations(checks: readonly PlanCheck[], database: Database): Promise<CheckResult[]> {
  const recomputes = checks.filter(({ proof }) => proof === 'recomputes');
  const follows = checks.filter(({ proof }) => proof === 'follows' && recomputes.length > 0);
  const found = await countAll(
    checks.filter((check) => !follows.includes(check)),
    database,
  );
  const names = new Set(recomputes.map(({ name }) => name));
  const isProven = found.every(({ name, violations }) => violations === 0 || !names.has(name));
  const follows_from = recomputes.map(({ invariant, name }) => invariant ?? name).toSorted();
  const others: CheckResult[] = isProven
    ? follows.map(({ name }) => ({ name, violations: 0, seconds: 0, follows_from }))
    : await countAll(follows, database);
  const results = new Map([...found, ...others].map((result) => [result.name, result]));
  return checks.flatMap(({ name }) => results.get(name) ?? []);
}

/** As {@link countViolations}. @throws INVARIANT_VIOLATED naming the first check that failed and how many rows violate it. */
export async function runChecks(checks: readonly PlanCheck[], database: Database): Promise<CheckResult[]> {
  const results = await countViolations(checks, database);
  return results.map((result) => {
    const check = checks.find(({ name }) => name === result.name);
    return check === undefined ? result : passed(check, result);
  });
}

function passed(check: PlanCheck, result: CheckResult): CheckResult {
  const { name, violations } = result;
  if (violations > 0 && check.severity === 'error') {
    throw failure('INVARIANT_VIOLATED', { check: name, description: check.description || name, violations });
  }
  return result;
}

/** The checks that every trial runs: each one scan of kept tables, and only when the rows that it reads are new. */
export class ScanChecks {
  readonly #checks: readonly PlanCheck[];
  /** By check, the fingerprint of the rows that it last passed on. */
  readonly #passed = new Map<string, string>();

  constructor({ checks }: Pick<Plan, 'checks'>) {
    this.#checks = checks.filter(({ scan }) => scan);
  }

  /**
   * @param lastYear the rows of a year are made from those of the years before, so its fingerprint covers them all.
   * @throws INVARIANT_VIOLATED naming the first check that failed and how many rows violate it.
   */
  async run(database: Database, fingerprint: Fingerprint, lastYear: number): Promise<void> {
    const rows = ({ reads }: PlanCheck) => hash(...reads.map((model) => fingerprint(model, lastYear)));
    const due = this.#checks.filter((check) => this.#passed.get(check.name) !== rows(check));
    await runChecks(due, database);
    for (const check of due) this.#passed.set(check.name, rows(check));
  }
}
