/** The checks that every trial runs: each one scan of kept tables, and only when the rows that it reads are new. */
import type { Database } from './database.js';
import type { Fingerprint } from '../model/fingerprints.js';
import { hash, type Plan, type PlanCheck } from '../model/plan.js';
import { runChecks } from './run-checks.js';

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
