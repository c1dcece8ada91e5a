/** What the client answers from the home's files, in the caller's own process: no worker is needed. */
import { auditHome } from '../runs/audit-runs.js';
import type { Config } from '../config.js';
import type { AuditEntry, AuditFilter } from '../levers/audit.contract.js';
import type { ImpactReport, ImpactRequestInput } from '../impact/impact.contract.js';
import { createLocalImpact, type ImpactCall } from '../impact/impact.client.js';
import { createScenarios, type Scenarios } from '../levers/scenarios.client.js';

export interface HomeCalls {
  /**
   * What levers do to growth (percent, pp) and payroll (USD): proposed against base, part by part, and the weight of
   * each lever. Every figure is simulated, here and now, in this process, on the home's files; no worker is needed.
   *
   * @example
   * const { difference, waterfall } = await meritloop.impact({
   *   assignments: [{ parameter_name: 'merit_base', parameter_value: 0.035, years: [2026, 2027] }],
   * });
   *
   * @throws MeritloopError REQUEST_INVALID naming the field, FILE_MISSING, ROW_INVALID, LEVER_LOCKED, LEVER_MISSING,
   * LEVER_SET_UNKNOWN, SCENARIO_UNKNOWN, GROWTH_UNDEFINED, NOT_SUPPORTED; CANCELLED on an abort
   */
  impact(request?: ImpactRequestInput, options?: ImpactCall): Promise<ImpactReport>;
  /** Scenarios of the home: list, clone, compare, promote. */
  readonly scenarios: Scenarios;
  /**
   * Who changed which lever when, why, from which run and on whose approval: the newest first, row by row. Decisions
   * against a change are there as well.
   */
  audit(filter?: AuditFilter): Promise<AuditEntry[]>;
}

export function createHomeCalls(config: Config): { readonly calls: HomeCalls; close(): Promise<void> } {
  const local = createLocalImpact(config);
  return {
    calls: {
      impact: (request = {}, options = {}) => local.ask(request, options),
      scenarios: createScenarios(config),
      audit: (filter = {}) => auditHome(config, filter),
    },
    close: () => local.close(),
  };
}
