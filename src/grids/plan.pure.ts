/** A checked grid and its cells: which runs it is made of, and what they are named. Pure. */
import type { Strategy } from '../shared/contract/choices.terms.js';
import type { GridRequest } from './grid.contract.js';
import type { OptimizationRequestInput } from '../runs/request.contract.js';
import { optimizationWorkflowId } from '../runs/run-id.terms.js';
import type { PlanYears } from '../shared/contract/years.contract.js';

/** A scenario of the grid, with its inputs as they were when the grid was planned. */
export interface GridScenario {
  readonly scenario: string;
  /** The stored lever set, relative to the home. */
  readonly levers: string;
  /** Hash of all that a cell is made of, but for its target, strategy and seed. */
  readonly inputs: string;
}

/** Every default filled in, every input copied. */
export interface GridPlan {
  readonly grid_id: string;
  readonly requested_by: string;
  readonly targets: readonly number[];
  readonly strategies: readonly Strategy[];
  readonly scenarios: readonly GridScenario[];
  readonly seeds: readonly number[];
  readonly years: PlanYears;
  readonly parallel: number;
  /** What every cell is asked beside its place in the grid. */
  readonly common: Pick<
    GridRequest,
    'target_mode' | 'metric' | 'statuses' | 'tolerance' | 'max_iterations' | 'tune' | 'engine'
  > & { readonly census: string; readonly years: string; readonly requested_by: string };
  readonly notices: readonly string[];
}

export interface PlannedCell {
  readonly target: number;
  readonly strategy: Strategy;
  readonly scenario: string;
  readonly seed: number;
  readonly run_id: string;
  readonly workflow_id: string;
  /** Where it stands, in words. */
  readonly label: string;
  readonly request: OptimizationRequestInput;
}

/** So much of a scenario's name stands in a run's id, which has at most 128 characters; the hash tells the rest. */
const NAMED = 20;

/**
 * Seeds change fastest: neighbours, which run side by side, then share no simulation, and later cells find those of
 * the first ones. A cell's id says what it is made of, so that an equal cell of another start is the same run.
 */
export function cellsOf(plan: GridPlan): PlannedCell[] {
  const { targets, strategies, scenarios, seeds } = plan;
  return targets.flatMap((target) =>
    strategies.flatMap((strategy) =>
      scenarios.flatMap((scenario) => seeds.map((seed) => cellOf(plan, target, strategy, scenario, seed))),
    ),
  );
}

function cellOf(
  { grid_id, common, scenarios, seeds }: GridPlan,
  target: number,
  strategy: Strategy,
  { scenario, levers, inputs }: GridScenario,
  seed: number,
): PlannedCell {
  const run_id = [grid_id, target, strategy, scenario.slice(0, NAMED), `s${seed}`, inputs].join('-');
  const { statuses, tune, ...rest } = common;
  return {
    target,
    strategy,
    scenario,
    seed,
    run_id,
    workflow_id: optimizationWorkflowId(scenario, run_id),
    label: [
      `${target} %`,
      strategy,
      ...(scenarios.length > 1 ? [scenario] : []),
      ...(seeds.length > 1 ? [`seed ${seed}`] : []),
    ].join(' · '),
    request: {
      ...rest,
      statuses: [...statuses],
      tune: [...tune],
      target,
      strategy,
      scenario,
      levers,
      seed,
      apply: 'never',
      id: run_id,
    },
  };
}
