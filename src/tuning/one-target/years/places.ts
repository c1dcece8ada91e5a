/** Places: where each year's levers stand between that year's low corner (−1), today (0) and its high corner (1). */
import type { Side } from '../../knobs.js';
import { pathTo, type Path } from '../path.js';
import type { TuningProblem } from '../../problem.js';

export interface YearPlaces {
  readonly years: readonly number[];
  /** The problem's rows of each year, by index. */
  readonly rows: readonly (readonly number[])[];
  /** Values of one year's rows at a place. */
  readonly valuesOf: (year: number, place: number) => number[];
  /** Values of all levers, in the problem's order, with each year at its place. */
  readonly valuesAt: (places: readonly number[]) => number[];
  /** Growth change of the year itself that a corner was measured to promise, pp; null where nothing was measured. */
  readonly predicted: (year: number, side: Side) => number | null;
}

/** The strategy's two paths of each year; `year` arguments are indexes into `years`. */
export function yearPlaces(problem: TuningProblem, years: readonly number[]): YearPlaces {
  const rows = years.map((year) =>
    problem.levers.flatMap(({ fiscal_year }, row) => (fiscal_year === year ? [row] : [])),
  );
  const paths = rows.map((own): Record<Side, Path> => {
    const part = { ...problem, levers: own.map((row) => problem.levers[row]!) };
    return { low: pathTo(part, 'low', -1), high: pathTo(part, 'high', 1) };
  });
  const valuesOf = (year: number, place: number): number[] =>
    paths[year]![place < 0 ? 'low' : 'high'].valuesAt(Math.abs(place));
  return {
    years,
    rows,
    valuesOf,
    valuesAt: (places) => {
      const values = problem.levers.map((lever) => lever.value);
      places.forEach((place, year) => {
        const own = valuesOf(year, place);
        rows[year]!.forEach((row, index) => (values[row] = own[index]!));
      });
      return values;
    },
    predicted: (year, side) => paths[year]![side].predicted,
  };
}
