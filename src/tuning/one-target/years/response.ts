/** How each year's growth answers to the places of all years: measured sensitivities, corrected by every trial. */
import type { TuningProblem } from '../../problem.js';
import type { Trial } from '../state.js';
import type { YearPlaces } from './places.js';

/** A set of levers whose growth is known or wanted. */
export interface Setting {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** Growth of a year (by index) at `to`, percent, worked out from a measured trial. */
export type Predict = (year: number, from: YearTrial, to: Setting) => number;

export interface YearResponse {
  readonly predict: Predict;
  /**
   * Growth of a year per unit of a lever (both by index), pp, measured and corrected; null where no effect of the
   * lever's own year was measured.
   */
  readonly slopeOf: (year: number, row: number) => number | null;
}

/** A trial whose growth of each year is known, percent. */
export interface YearTrial extends Setting {
  readonly trial: Trial;
  readonly growths: readonly number[];
}

/** How much less a year further back is held responsible for what a prediction missed. */
const DECAY = 0.3;

/** Moves much smaller than this, pp of predicted growth, teach little: a step or noise would pass for a slope. */
const COARSE = 0.25;

/**
 * The prediction is anchored at a trial: the change of growth is Σ sensitivity × lever change, plus a lower-triangular
 * correction of the places that makes it agree with the trials, by Broyden's update, row by row (Schubert, Modification
 * of a quasi-Newton method for nonlinear equations with a sparse Jacobian, Mathematics of Computation 24, 1970).
 */
export function yearResponse(
  problem: TuningProblem,
  places: YearPlaces,
  [baseline, ...others]: readonly YearTrial[],
): YearResponse {
  const reach = places.years.map((_, year) => ({
    low: reachOf(places, year, 'low', [baseline!, ...others]),
    high: reachOf(places, year, 'high', [baseline!, ...others]),
  }));
  const turn = ({ places: at }: Setting, year: number): number =>
    at[year]! * (at[year]! < 0 ? reach[year]!.low : reach[year]!.high);
  const isMeasured = places.years.map(
    (_, year) => places.predicted(year, 'low') !== null || places.predicted(year, 'high') !== null,
  );
  const effects = places.years.map((year) =>
    problem.levers.map((lever) => lever.sensitivity_by_year?.[String(year)] ?? 0),
  );
  const known = (year: number, from: Setting, to: Setting): number => {
    let total = isMeasured[year] ? 0 : turn(to, year) - turn(from, year);
    effects[year]!.forEach((effect, row) => (total += effect * (to.values[row]! - from.values[row]!)));
    return total;
  };
  const correction = places.years.map((_, year) => Array.from({ length: year + 1 }, () => 0));
  const corrected = (year: number, from: Setting, to: Setting): number =>
    correction[year]!.reduce(
      (total, factor, other) => total + factor * (turn(to, other) - turn(from, other)),
      known(year, from, to),
    );
  const learn = (from: YearTrial, to: YearTrial, weightOf: (year: number, other: number) => number): void =>
    correction.forEach((row, year) => {
      const missed = to.growths[year]! - from.growths[year]! - corrected(year, from, to);
      const turns = row.map((_, other) => turn(to, other) - turn(from, other));
      const weighed = turns.map((size, other) => size * weightOf(year, other));
      const square = turns.reduce((total, size, other) => total + size * weighed[other]!, 0);
      if (square > 0)
        weighed.forEach((size, other) => (row[other]! += (missed * size) / (square + COARSE ** 2)));
    });
  const bounds = others.filter(({ trial }) => trial.role !== 'candidate');
  const share = ownShare(bounds, baseline!, corrected);
  correction.forEach((row, year) => (row[year] = (share - 1) * (isMeasured[year] ? 1 : 0)));
  // What the bounds leave unexplained is the doing of the years before; of the own year only where there is none.
  for (const bound of bounds)
    learn(baseline!, bound, (year, other) => (other < year ? DECAY ** (year - other) : year === 0 ? 1 : 0));
  const candidates = others.filter(({ trial }) => trial.role === 'candidate');
  candidates.forEach((to, index) =>
    learn(candidates[index - 1] ?? baseline!, to, (year, other) => DECAY ** (year - other)),
  );
  const yearOfRow = problem.levers.map(({ fiscal_year }) => places.years.indexOf(fiscal_year));
  return {
    predict: (year, from, to) => from.growths[year]! + corrected(year, from, to),
    slopeOf: (year, row) => {
      const own = yearOfRow[row]!;
      if (!isMeasured[own]) return null;
      // A place counts the predicted effect on the own year, so that a correction of places is one of these effects.
      return effects[year]![row]! + (correction[year]![own] ?? 0) * effects[own]![row]!;
    },
  };
}

/**
 * Growth change at a corner, pp: predicted, else as measured at that bound, else 1 so that places count alone; 0 where
 * no lever can move.
 */
function reachOf(
  places: YearPlaces,
  year: number,
  side: 'low' | 'high',
  [baseline, ...others]: readonly YearTrial[],
): number {
  const predicted = places.predicted(year, side);
  if (predicted !== null) return predicted;
  const moves = places
    .valuesOf(year, side === 'low' ? -1 : 1)
    .some((value, index) => value !== baseline!.values[places.rows[year]![index]!]);
  if (!moves) return 0;
  const bound = others.find(({ trial }) => trial.role === side);
  return Math.abs((bound?.growths[year] ?? 0) - baseline!.growths[year]!) || 1;
}

/**
 * Measured over predicted effect of a year's own levers, seen in the first year, which no year before disturbs. A
 * metric other than mean growth answers differently to them, but alike in every year.
 */
function ownShare(
  bounds: readonly YearTrial[],
  baseline: YearTrial,
  predict: (year: number, from: Setting, to: Setting) => number,
): number {
  const measured = bounds.reduce(
    (total, bound) => total + Math.abs(bound.growths[0]! - baseline.growths[0]!),
    0,
  );
  const predicted = bounds.reduce((total, bound) => total + Math.abs(predict(0, baseline, bound)), 0);
  return predicted > 0 && measured > 0 ? measured / predicted : 1;
}
