/** Grids for somebody who must not learn the pay of few people. */
import type { GridCell } from '../../grids/grid.contract.js';
import type { RunRecord } from '../../runs/run-store.js';
import { isSummaryTold } from '../../simulation/results/withheld.js';
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { isAboutAPart, withheldFailure } from '../runs/withheld-run.js';
import { explanationOf } from '../runs/views.js';
import type { GridDetails } from './grids.contract.js';

/** So many cells are looked at for the request behind them. */
const RECORDS = 10;

export interface GridSources {
  /** Undefined: the home has it no more. */
  readonly recordOf: (runId: string) => Promise<RunRecord | undefined>;
  readonly summaryOf: (simulationId: string) => Promise<SimulationSummary | undefined>;
}

/**
 * A grid is told whole or not at all: means, payrolls and the front follow from each other.
 * @param smallest fewest people whose pay may be told together; 1: everything is shown
 */
export async function withheldGrid(
  details: GridDetails,
  smallest: number,
  sources: GridSources,
): Promise<GridDetails> {
  if (smallest <= 1) return details;
  const progress = details.progress === null ? null : { ...details.progress, latest: null };
  if (details.result === null) return { ...details, progress };
  if (await isTold(details.result.cells.filter(isMeasured), smallest, sources)) return details;
  const error = explanationOf(withheldFailure(`grid ${details.grid_id}`, smallest));
  return { ...details, progress, result: null, error };
}

const isMeasured = ({ final_growth, payroll }: GridCell): boolean =>
  final_growth !== null || payroll !== null;

/** What the home no longer knows is not told. */
async function isTold(
  cells: readonly GridCell[],
  smallest: number,
  { recordOf, summaryOf }: GridSources,
): Promise<boolean> {
  if (cells.length === 0) return true;
  // All runs of a grid are measured alike; a cell that was reused may have left no run of its own.
  const records = await Promise.all(cells.slice(0, RECORDS).map(({ run_id }) => recordOf(run_id)));
  const spec = records.find((record) => record?.spec != null)?.spec ?? null;
  if (spec === null || isAboutAPart({ ...spec })) return false;
  // How many people there are depends on seed and scenario, never on target or strategy.
  const courses = new Map(cells.map((cell) => [`${cell.seed} ${cell.scenario}`, cell.simulation_id]));
  const summaries = await Promise.all(
    [...courses.values()].map(async (simulation) =>
      simulation === null ? undefined : summaryOf(simulation),
    ),
  );
  return summaries.every((summary) => summary !== undefined && isSummaryTold(summary, smallest));
}
