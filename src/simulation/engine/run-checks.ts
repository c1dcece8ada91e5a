/** Runs the invariants (dbt's tests) on a finished simulation; a violated one means that no result is stored. */
import { failure } from '../../shared/errors/errors.js';
import { allDone } from './all-done.js';
import type { Database } from './database.js';
import type { PlanCheck } from '../model/plan.js';

export interface CheckResult {
  readonly name: string;
  readonly violations: number;
  readonly seconds: number;
}

async function runCheck(check: PlanCheck, database: Database): Promise<CheckResult> {
  const startedAt = performance.now();
  const [row] = await database.rows(`select count(*) as violations from (${check.sql})`);
  return {
    name: check.name,
    violations: Number(row?.['violations']),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** @throws INVARIANT_VIOLATED naming the first check that failed and how many rows violate it. */
export async function runChecks(checks: readonly PlanCheck[], database: Database): Promise<CheckResult[]> {
  const results = await allDone(checks.map((check) => runCheck(check, database)));
  for (const [index, { name, violations }] of results.entries()) {
    const check = checks[index];
    if (violations > 0 && check?.severity === 'error') {
      throw failure('INVARIANT_VIOLATED', {
        check: name,
        description: check.description || name,
        violations,
      });
    }
  }
  return results;
}
