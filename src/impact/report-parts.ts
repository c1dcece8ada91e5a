/** From simulated sets to what a report says: waterfall, tornado, elasticities, heat map, decomposition. */
import type {
  DecompositionPair,
  Elasticity,
  HeatCell,
  ImpactFigures,
  SteppedSide,
  TornadoRow,
  WaterfallPart,
} from './impact.contract.js';
import { PARAMETERS } from '../levers/lever.contract.js';
import { pairsByKey, yearOf } from '../shared/by-key.terms.js';
import type { SimulationSummary } from '../simulation/simulation.contract.js';
import { onGrowthGrid, usdBetween } from './exact.js';
import { changeBetween, sourceOf } from './figures.js';
import type { HeatVariant, SteppedPair, WaterfallStage } from './plan-sets.js';
import type { LeverBase, Variant } from './variants.js';

/** The figures of a simulated set. */
export type FiguresOf = (variant: Variant) => ImpactFigures;

/** Each part goes on from the one before: all of them lead from the baseline to the proposed levers. */
export function waterfall(
  stages: readonly WaterfallStage[],
  baseline: ImpactFigures,
  proposed: ImpactFigures,
  figures: FiguresOf,
): WaterfallPart[] {
  let before = baseline;
  return stages.map(({ parameter_name, levers_changed, variant }) => {
    const after = variant === null ? before : variant === 'proposed' ? proposed : figures(variant);
    const part = { parameter_name, levers_changed, ...changeBetween(before, after), ...sourceOf(after) };
    before = after;
    return part;
  });
}

function side(variant: Variant | null, baseline: ImpactFigures, figures: FiguresOf): SteppedSide | null {
  if (variant === null) return null;
  const after = figures(variant);
  return {
    lever_change: variant.moved / variant.moved_rows / 1e6,
    rows_held: variant.held_rows,
    ...changeBetween(baseline, after),
    ...sourceOf(after),
  };
}

/** The widest swing of growth first. */
export function tornado(
  pairs: readonly SteppedPair[],
  baseline: ImpactFigures,
  figures: FiguresOf,
): TornadoRow[] {
  return pairs
    .map(({ parameter_name, down: lower, up: upper }) => {
      const down = side(lower, baseline, figures);
      const up = side(upper, baseline, figures);
      return {
        parameter_name,
        step: PARAMETERS[parameter_name].step,
        down,
        up,
        growth_swing: (up?.growth ?? 0) - (down?.growth ?? 0),
        payroll_swing: usdBetween(down?.payroll ?? 0, up?.payroll ?? 0),
      };
    })
    .toSorted((one, other) => Math.abs(other.growth_swing) - Math.abs(one.growth_swing));
}

/** Slopes of the tornado's own simulations: by how much the mean over all rows of the parameter has moved. */
export function elasticities(
  pairs: readonly SteppedPair[],
  base: LeverBase,
  baseline: ImpactFigures,
  figures: FiguresOf,
): Elasticity[] {
  return pairs.map(({ parameter_name, down, up }) => {
    const [low, high] = [down, up].map((variant) => (variant === null ? baseline : figures(variant)));
    const rows = base.resolved.filter((row) => row.parameter_name === parameter_name);
    const mean = meanOf(rows.map(({ parameter_value }) => parameter_value));
    const moved = ((up?.moved ?? 0) - (down?.moved ?? 0)) / 1e6 / rows.length;
    const method = down === null ? (up === null ? null : 'up') : up === null ? 'down' : 'central';
    const known = low !== undefined && high !== undefined && moved !== 0;
    return {
      parameter_name,
      method,
      growth_per_point: known ? (high.growth - low.growth) / (moved * 100) : null,
      payroll_percent_per_percent:
        known && mean !== 0
          ? usdBetween(low.payroll, high.payroll) / baseline.payroll / (moved / mean)
          : null,
      exact: true,
      simulation_ids: [low, high].flatMap((one) => one?.simulation_id ?? []),
    };
  });
}

export function heatMap(
  cells: readonly HeatVariant[],
  baseline: ImpactFigures,
  figures: FiguresOf,
): HeatCell[] {
  return cells.map(({ parameter_name, fiscal_year, job_level, variant }) => {
    const after = figures(variant);
    return {
      parameter_name,
      fiscal_year,
      job_level,
      lever_change: variant.moved_rows === 0 ? 0 : variant.moved / variant.moved_rows / 1e6,
      ...changeBetween(baseline, after),
      ...sourceOf(after),
    };
  });
}

type Parts = DecompositionPair['baseline'];

/** Growth of mean pay by its parts, year by year, before and after. */
export const decompositions = (
  baseline: SimulationSummary,
  proposed: SimulationSummary,
): DecompositionPair[] =>
  pairsByKey(baseline.years, proposed.years, yearOf).map(({ first, second }) => {
    const [before, after] = [partsOf(first), partsOf(second)];
    return { year: first.year, baseline: before, proposed: after, difference: minus(after, before) };
  });

/** What the grid leaves of the sum, under 10⁻¹¹ pp, goes to the hires. */
function partsOf({ growth, decomposition }: SimulationSummary['years'][number]): Parts {
  const total = onGrowthGrid(growth);
  const [leavers, raises, promotions] = [
    decomposition.leavers,
    decomposition.raises,
    decomposition.promotions,
  ].map(onGrowthGrid) as [number, number, number];
  return { leavers, raises, promotions, hires: total - leavers - raises - promotions, growth: total };
}

const minus = (after: Parts, before: Parts): Parts => ({
  leavers: after.leavers - before.leavers,
  raises: after.raises - before.raises,
  promotions: after.promotions - before.promotions,
  hires: after.hires - before.hires,
  growth: after.growth - before.growth,
});

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + Math.round(value * 1e6), 0) / values.length / 1e6;
