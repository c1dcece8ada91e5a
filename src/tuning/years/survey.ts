/** Every-year mode: which years are settled, and the levers to simulate next. Later levers never change earlier years. */
import type { Trial, TuningState } from '../state.js';
import { meetingPlace, nextPlace } from './place.js';
import { yearPlaces, type YearPlaces } from './places.js';
import { yearResponse, type Predict, type YearTrial } from './response.js';

/** A year whose levers are fixed for good. */
export interface SettledYear {
  readonly year: number;
  readonly outcome: 'met' | 'unreachable' | 'stuck';
  /** The simulation whose levers of that year are kept. */
  readonly trial: Trial;
  /** Lowest and highest growth of the year with the years before as they were kept, percent. */
  readonly range: readonly [number, number];
}

export interface Survey {
  /** In order of time, the years before the first one that is still open. */
  readonly settled: readonly SettledYear[];
  /** Range of each open year, percent: predicted at both corners, and widened by what was measured. */
  readonly open: readonly { readonly year: number; readonly range: readonly [number, number] }[];
  /** The next candidate, each year at its place; null when every year is settled. */
  readonly next: { readonly places: number[]; readonly values: number[] } | null;
}

export const yearsOf = ({ trials }: Pick<TuningState, 'trials'>): number[] =>
  Object.keys(trials[0]!.growth_by_year)
    .map(Number)
    .toSorted((left, right) => left - right);

/** Places of a trial: what was asked for, all years at an end for the bounds, today for the baseline. */
const placesOf = (trial: Trial, years: readonly number[]): readonly number[] =>
  trial.places ?? years.map(() => (trial.role === 'low' ? -1 : trial.role === 'high' ? 1 : 0));

export function surveyYears(state: TuningState): Survey {
  const { problem } = state;
  const places = yearPlaces(problem, yearsOf(state));
  const trials = state.trials.map((trial): YearTrial => ({
    trial,
    places: placesOf(trial, places.years),
    values: trial.values,
    growths: places.years.map((year) => trial.growth_by_year[String(year)]!),
  }));
  const predict = yearResponse(problem, places, trials);
  const settled: SettledYear[] = [];
  const fixed: number[] = [];
  let alike = trials;
  for (const [index, year] of places.years.entries()) {
    const found = settle({ problem, places, predict, alike, fixed, index });
    if (typeof found === 'number') {
      const next = withLaterYears({ problem, places, predict, alike, fixed: [...fixed, found], index });
      return { settled, open: openRanges({ problem, places, predict, alike, fixed, index }), next };
    }
    settled.push({
      year,
      outcome: found.outcome,
      trial: found.kept.trial,
      range: rangeOf({ problem, places, predict, alike, fixed, index }, index, found.outcome),
    });
    fixed.push(found.kept.places[index]!);
    const kept = valuesIn(places, index, found.kept);
    alike = alike.filter((trial) => valuesIn(places, index, trial) === kept);
  }
  return { settled, open: [], next: null };
}

interface Stage {
  readonly problem: TuningState['problem'];
  readonly places: YearPlaces;
  readonly predict: Predict;
  /** The trials whose levers of all years before are the kept ones. */
  readonly alike: readonly YearTrial[];
  /** Places of the years before. */
  readonly fixed: readonly number[];
  /** The year at work, by index. */
  readonly index: number;
}

const valuesIn = ({ rows }: YearPlaces, year: number, { values }: Pick<YearTrial, 'values'>): string =>
  rows[year]!.map((row) => values[row]).join(' ');

/** The trial that settles the year, or the place to simulate next. */
function settle(stage: Stage): number | { outcome: SettledYear['outcome']; kept: YearTrial } {
  const { problem, places, alike, index } = stage;
  const errorOf = (trial: YearTrial): number => trial.growths[index]! - problem.target;
  // The earliest, so that a later trial never unsettles a year.
  const met = alike.find((trial) => Math.abs(errorOf(trial)) <= problem.tolerance);
  if (met) return { outcome: 'met', kept: met };
  const closest = alike.reduce((best, trial) =>
    Math.abs(errorOf(trial)) < Math.abs(errorOf(best)) ? trial : best,
  );
  const measured = new Set(alike.map((trial) => valuesIn(places, index, trial)));
  const place = nextPlace({
    points: alike.map((trial) => ({ place: trial.places[index]!, error: errorOf(trial) })),
    guess: guessed(stage, closest, index, stage.fixed),
    isMeasured: (each) => measured.has(places.valuesOf(index, each).join(' ')),
  });
  return typeof place === 'number' ? place : { outcome: place, kept: closest };
}

/** Where a year would meet the target with `before` fixed, predicted from a trial. */
function guessed(stage: Stage, from: YearTrial, year: number, before: readonly number[]): number {
  return meetingPlace(growthAt(stage, from, year, before), stage.problem.target);
}

/** Predicted growth of a year at a place, with `before` fixed and later years as they are. */
const growthAt = (
  { places, predict }: Stage,
  from: YearTrial,
  year: number,
  before: readonly number[],
): ((place: number) => number) => {
  const values = [...from.values];
  const put = (own: number, place: number): void => {
    const of = places.valuesOf(own, place);
    places.rows[own]!.forEach((row, index) => (values[row] = of[index]!));
  };
  before.forEach((place, own) => put(own, place));
  return (place) => {
    put(year, place);
    return predict(year, from, { places: [...before, place], values });
  };
};

/** The later years are put where they are predicted to meet the target: one simulation then corrects all of them. */
function withLaterYears(stage: Stage): { places: number[]; values: number[] } {
  const all = [...stage.fixed];
  const from = stage.alike.at(-1)!;
  for (let year = stage.index + 1; year < stage.places.years.length; year++)
    all.push(guessed(stage, from, year, all));
  const places = all.map((place) => place + 0);
  return { places, values: stage.places.valuesAt(places) };
}

function rangeOf(stage: Stage, year: number, outcome?: SettledYear['outcome']): [number, number] {
  const measured = stage.alike.map((trial) => trial.growths[year]!);
  const from = stage.alike.at(-1)!;
  const at = growthAt(stage, from, year, stage.fixed);
  const corners = outcome === 'unreachable' ? [] : [at(-1), at(1)];
  return [Math.min(...measured, ...corners), Math.max(...measured, ...corners)];
}

function openRanges(stage: Stage): Survey['open'] {
  return stage.places.years.slice(stage.index).map((year, offset) => {
    const index = stage.index + offset;
    const before = [...stage.fixed];
    const from = stage.alike.at(-1)!;
    for (let earlier = stage.index; earlier < index; earlier++)
      before.push(guessed(stage, from, earlier, before));
    return {
      year,
      range: rangeOf({ ...stage, fixed: before, alike: offset === 0 ? stage.alike : [from] }, index),
    };
  });
}
