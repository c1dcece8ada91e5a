/** What the asset `optimization_results_summary` says of a finished run: `<home>/runs/<run_id>/report.json`. */
import { z } from 'zod';
import { optimizationResult } from './optimization.contract.js';
import { decomposition } from '../simulation/simulation.contract.js';

export const runReport = optimizationResult
  .pick({
    run_id: true,
    status: true,
    requested_by: true,
    simulation_id: true,
    target_growth: true,
    tolerance: true,
    initial_growth: true,
    initial_gap: true,
    final_growth: true,
    final_gap: true,
    iterations_used: true,
    simulations_run: true,
    simulations_reused: true,
    attainable_growth: true,
    attainable_search: true,
    attainable_corners: true,
    attainable_by_year: true,
    levers: true,
    locked_rows_skipped: true,
    binding: true,
    recommendations: true,
    targets: true,
    uncertainty: true,
    applied: true,
    lever_set: true,
    engine: true,
    seconds: true,
  })
  .extend({
    scenario: z.string(),
    /** |first gap| − |final gap|, pp. */
    gap_reduction: z.number(),
    iterations: z.array(
      z.object({
        iteration: z.int(),
        growth: z.number(),
        gap: z.number(),
        simulation_id: z.string(),
        seconds: z.number(),
      }),
    ),
    /** The parts of mean growth in the kept trial, pp, by year; null for another metric or population. */
    decomposition: z.array(decomposition.extend({ year: z.int(), growth: z.number() })).nullable(),
    seconds_by_stage: z.record(z.string(), z.number()),
  });
export type RunReport = z.infer<typeof runReport>;
