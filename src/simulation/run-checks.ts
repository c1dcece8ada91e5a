/** Runs the invariants (dbt's tests) on a finished simulation; a violated one means that no result is stored. */
import { failure } from '../errors.js';
import type { Database } from './database.js';
import type { Plan } from './plan.js';

export interface CheckResult {
  readonly name: string;
  readonly violations: number;
  readonly seconds: number;
}

/** @throws INVARIANT_VIOLATED naming the first check that failed and how many rows violate it. */
export async function runChecks(plan: Plan, database: Database): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of plan.checks) {
    const startedAt = performance.now();
    const [row] = await database.rows(`select count(*) as violations from (${check.sql})`);
    const violations = Number(row?.['violations']);
    results.push({ name: check.name, violations, seconds: (performance.now() - startedAt) / 1000 });
    if (violations > 0 && check.severity === 'error') {
      throw failure('INVARIANT_VIOLATED', {
        check: check.name,
        description: check.description || check.name,
        violations,
      });
    }
  }
  return results;
}
