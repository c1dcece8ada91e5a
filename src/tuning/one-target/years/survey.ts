/** Every-year mode: which years are settled, and the levers to simulate next. Later levers never change earlier years. */
import type { Trial, TuningState } from '../state.js';
import { sinceTrade } from './epoch.js';
import { meetingPlace, nextPlace } from './place.js';
import { yearPlaces, type YearPlaces } from './places.js';
import { yearResponse, type YearResponse, type YearTrial } from './response.js';
import { tradeBetweenYears } from './trade.js';

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
  /** The next candidate; null when every year is settled. */
  readonly next: NextLevers | null;
}

/** Each year at its place. */
interface Plan {
  readonly places: number[];
  readonly values: number[];
}

/** Each year at its place; without places, levers traded between years. */
export interface NextLevers {
  readonly places: number[] | null;
  readonly values: number[];
}

/** A run in which this many trades did not help keeps the last one's levers. */
const MOST_TRADES = 3;

/** A year at this share of its room from a corner could not be corrected any more: levers are traded before. */
const RESERVE = 0.03;

export const yearsOf = ({ trials }: Pick<TuningState, 'trials'>): number[] =>
  Object.keys(trials[0]!.growth_by_year)
    .map(Number)
    .toSorted((left, right) => left - right);

/** Places of a trial: what was asked for, all years at an end for the bounds, today (or the trade) for the first. */
const placesOf = (trial: Trial, years: readonly number[]): readonly number[] =>
  trial.places ?? years.map(() => (trial.role === 'low' ? -1 : trial.role === 'high' ? 1 : 0));

export function surveyYears(state: TuningState): Survey {
  const { problem, trials: own, trades } = sinceTrade(state);
  const places = yearPlaces(problem, yearsOf(state));
  const trials = own.map((trial): YearTrial => ({
    trial,
    places: placesOf(trial, places.years),
    values: trial.values,
    growths: places.years.map((year) => trial.growth_by_year[String(year)]!),
  }));
  const response = yearResponse(problem, places, trials);
  const tried = new Set(state.trials.map(({ values }) => JSON.stringify(values)));
  const settled: SettledYear[] = [];
  const fixed: number[] = [];
  let alike = trials;
  for (const [index, year] of places.years.entries()) {
    const stage: Stage = { problem, places, response, alike, fixed, index };
    const found = settle(stage);
    const traded = trades < MOST_TRADES ? tradeAt(stage, found, settled) : null;
    if (traded !== null && !tried.has(JSON.stringify(traded)))
      return { settled, open: openRanges(stage), next: { places: null, values: traded } };
    if (isOpen(found)) return { settled, open: openRanges(stage), next: withLaterYears(stage, found.place) };
    settled.push({
      year,
      outcome: found.outcome,
      trial: found.kept.trial,
      range: rangeOf(stage, index, found.outcome),
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
  readonly response: YearResponse;
  /** The trials whose levers of all years before are the kept ones. */
  readonly alike: readonly YearTrial[];
  /** Places of the years before. */
  readonly fixed: readonly number[];
  /** The year at work, by index. */
  readonly index: number;
}

const valuesIn = ({ rows }: YearPlaces, year: number, { values }: Pick<YearTrial, 'values'>): string =>
  rows[year]!.map((row) => values[row]).join(' ');

/** The trial that settles a year. */
interface Settled {
  readonly outcome: SettledYear['outcome'];
  readonly kept: YearTrial;
}

/** The place to simulate next, and where the year is predicted to be nearest to the target. */
interface Open {
  readonly place: number;
  readonly guess: number;
}

type Found = Settled | Open;

const isOpen = (found: Found): found is Open => 'place' in found;

function settle(stage: Stage): Found {
  const { problem, places, alike, index } = stage;
  const errorOf = (trial: YearTrial): number => trial.growths[index]! - problem.target;
  // The earliest, so that a later trial never unsettles a year.
  const met = alike.find((trial) => Math.abs(errorOf(trial)) <= problem.tolerance);
  if (met) return { outcome: 'met', kept: met };
  const closest = alike.reduce((best, trial) =>
    Math.abs(errorOf(trial)) < Math.abs(errorOf(best)) ? trial : best,
  );
  const measured = new Set(alike.map((trial) => valuesIn(places, index, trial)));
  const guess = guessed(stage, closest, index, stage.fixed);
  const place = nextPlace({
    points: alike.map((trial) => ({ place: trial.places[index]!, error: errorOf(trial) })),
    guess,
    isMeasured: (each) => measured.has(places.valuesOf(index, each).join(' ')),
  });
  return typeof place === 'number' ? { place, guess } : { outcome: place, kept: closest };
}

/** Where a year would meet the target with `before` fixed, predicted from a trial. */
function guessed(stage: Stage, from: YearTrial, year: number, before: readonly number[]): number {
  return meetingPlace(growthAt(stage, from, year, before), stage.problem.target);
}

/** Predicted growth of a year at a place, with `before` fixed and later years as they are. */
const growthAt = (
  { places, response }: Stage,
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
    return response.predict(year, from, { places: [...before, place], values });
  };
};

/** The later years are put where they are predicted to meet the target: one simulation then corrects all of them. */
function withLaterYears(stage: Stage, own: number): Plan {
  const all = [...stage.fixed, own];
  const from = stage.alike.at(-1)!;
  for (let year = stage.index + 1; year < stage.places.years.length; year++)
    all.push(guessed(stage, from, year, all));
  const places = all.map((place) => place + 0);
  return { places, values: stage.places.valuesAt(places) };
}

/**
 * Other levers for the years so far, where the year at work was shown, or a year of the plan is predicted, to be out of
 * reach with these; null where nothing is to be gained.
 */
function tradeAt(stage: Stage, found: Found, settled: readonly SettledYear[]): number[] | null {
  const { problem, places, response, alike, index } = stage;
  // A run that is infeasible anyway spends no simulations on it.
  if (settled.some(({ outcome }) => outcome === 'unreachable')) return null;
  if (!isOpen(found) && found.outcome !== 'unreachable') return null;
  // A place inside was chosen between measured ones on either side: the year is reachable, whatever is predicted.
  const isInside = isOpen(found) && Math.abs(found.place) < 1;
  const own = !isOpen(found) ? found.kept.places[index]! : isInside ? found.place : found.guess;
  const plan = withLaterYears(stage, own);
  const from = isOpen(found) ? alike.at(-1)! : found.kept;
  for (const reserve of [RESERVE, 0]) {
    const most = 1 - reserve;
    const held = plan.places.map((place, year) =>
      year < index || (isInside && year === index) ? place : Math.min(most, Math.max(-most, place)),
    );
    const setting = { places: held, values: places.valuesAt(held) };
    const lacking = places.years.map((_, year) => problem.target - response.predict(year, from, setting));
    const short = lacking.findIndex((gap, year) => year >= index && Math.abs(gap) > problem.tolerance);
    if (short <= 0 || (isInside && short === index)) continue;
    const traded = tradeBetweenYears({
      problem,
      slopeOf: response.slopeOf,
      values: setting.values,
      lacking,
      short,
      reserve,
    });
    if (traded !== null) return traded;
  }
  return null;
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
