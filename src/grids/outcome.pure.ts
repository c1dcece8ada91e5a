/** What a grid says of itself: from what became of its cells to table, choices, front and counts. Pure. */
import type { GridCell, GridChoice, GridCounts, GridResult } from './grid.contract.js';
import { paretoFront } from './pareto.pure.js';
import { cellsOf, type GridPlan, type PlannedCell } from './plan.pure.js';

/** What became of one cell; the figures are there where it ended with a verdict. */
export type CellOutcome = Pick<
  GridCell,
  | 'status'
  | 'final_growth'
  | 'gap'
  | 'payroll'
  | 'payroll_final_year'
  | 'iterations_used'
  | 'simulations_run'
  | 'simulations_reused'
  | 'simulation_id'
  | 'reused'
  | 'seconds'
  | 'error'
>;

export const PENDING: CellOutcome = {
  status: 'pending',
  final_growth: null,
  gap: null,
  payroll: null,
  payroll_final_year: null,
  iterations_used: null,
  simulations_run: null,
  simulations_reused: null,
  simulation_id: null,
  reused: false,
  seconds: null,
  error: null,
};

export function countCells(outcomes: readonly Pick<CellOutcome, 'status' | 'reused'>[]): GridCounts {
  const of = (status: CellOutcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return {
    cells: outcomes.length,
    converged: of('converged'),
    not_converged: of('not_converged'),
    infeasible: of('infeasible'),
    failed: of('failed'),
    cancelled: of('cancelled'),
    pending: of('pending'),
    reused: outcomes.filter(({ reused }) => reused).length,
  };
}

/** A cell that ended with a verdict: its plan is real, whether it meets its target or not. */
interface JudgedCell extends GridCell {
  readonly final_growth: number;
  readonly gap: number;
  readonly payroll: number;
  readonly payroll_final_year: number;
}

const isJudged = (cell: GridCell): cell is JudgedCell =>
  cell.final_growth !== null && cell.payroll !== null && cell.payroll_final_year !== null;

export interface GridEnd {
  readonly workflow_id: string;
  readonly status: GridResult['status'];
  readonly seconds: number;
}

/** @param outcomes in the order of the plan's cells; what is missing is pending */
export function gridResultOf(
  plan: GridPlan,
  outcomes: readonly (CellOutcome | null)[],
  { workflow_id, status, seconds }: GridEnd,
): GridResult {
  const cells = cellsOf(plan).map((planned, index) => rowOf(planned, outcomes[index] ?? PENDING));
  const front = frontOf(cells.filter(isJudged));
  const names = new Set(front.map(({ run_id }) => run_id));
  const table = cells.map((cell) => ({ ...cell, on_front: names.has(cell.run_id) }));
  const own = table.filter(({ reused }) => !reused);
  const sum = (column: 'simulations_run' | 'simulations_reused'): number =>
    own.reduce((total, cell) => total + (cell[column] ?? 0), 0);
  const { target_mode, metric, tolerance } = plan.common;
  return {
    grid_id: plan.grid_id,
    workflow_id,
    status,
    requested_by: plan.requested_by,
    targets: [...plan.targets],
    strategies: [...plan.strategies],
    scenarios: plan.scenarios.map(({ scenario }) => scenario),
    seeds: [...plan.seeds],
    years: plan.years,
    target_mode,
    metric,
    tolerance,
    parallel: plan.parallel,
    cells: table,
    choices: choicesOf(table.filter(isJudged)),
    pareto: front.map(
      ({ target, strategy, scenario, seed, final_growth, gap, payroll, payroll_final_year, run_id }) => ({
        target,
        strategy,
        scenario,
        seed,
        final_growth,
        gap,
        payroll,
        payroll_final_year,
        run_id,
      }),
    ),
    counts: countCells(table),
    simulations_run: sum('simulations_run'),
    simulations_reused: sum('simulations_reused'),
    notices: [...plan.notices],
    seconds,
  };
}

const rowOf = (
  { target, strategy, scenario, seed, run_id }: PlannedCell,
  outcome: CellOutcome,
): GridCell => ({ target, strategy, scenario, seed, run_id, on_front: false, ...outcome });

/** More growth for less payroll; nobody chooses a seed, so cells compete with those of their own seed alone. */
function frontOf(cells: readonly JudgedCell[]): JudgedCell[] {
  const items = cells.map((cell) => ({
    group: cell.seed,
    benefit: cell.final_growth,
    cost: cell.payroll,
    cell,
  }));
  const seeds = [...new Set(cells.map(({ seed }) => seed))];
  return paretoFront(items)
    .map(({ cell }) => cell)
    .toSorted(
      (one, other) => seeds.indexOf(one.seed) - seeds.indexOf(other.seed) || one.payroll - other.payroll,
    );
}

function choicesOf(cells: readonly JudgedCell[]): GridChoice[] {
  const groups = new Map<string, JudgedCell[]>();
  for (const cell of cells) {
    const key = [cell.target, cell.strategy, cell.scenario].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()]
    .flatMap((group) => (group[0] === undefined ? [] : [choiceOf(group[0], group)]))
    .toSorted((one, other) => one.mean_payroll - other.mean_payroll);
}

function choiceOf({ target, strategy, scenario }: JudgedCell, group: readonly JudgedCell[]): GridChoice {
  const growths = group.map(({ final_growth }) => final_growth);
  return {
    target,
    strategy,
    scenario,
    seeds: group.length,
    on_front: group.filter(({ on_front }) => on_front).length,
    mean_growth: mean(growths),
    lowest_growth: Math.min(...growths),
    highest_growth: Math.max(...growths),
    mean_payroll: cents(mean(group.map(({ payroll }) => payroll))),
    mean_payroll_final_year: cents(mean(group.map(({ payroll_final_year }) => payroll_final_year))),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const cents = (usd: number): number => Math.round(usd * 100) / 100;
