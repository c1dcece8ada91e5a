/** What the analyst can do next: what to relax when the target was not met, and which kept levers look unusual. */
import type { LeverChange, Recommendation } from '../../runs/optimization.contract.js';
import { definitionOf, leversBy, PARAMETER_NAMES, type ParameterName } from '../../levers/catalogue.terms.js';
import { digitsFor, distanceInPoints, rangeText } from '../../shared/contract/figures.terms.js';
import type { TuningProblem } from '../problem.js';
import type { StopReason } from './step.js';
import type { Survey } from './years/survey.js';

interface Outcome {
  readonly reason: StopReason | null;
  readonly changes: readonly LeverChange[];
  /** Percent. */
  readonly attainable: readonly [number, number] | null;
  /** Corners of the box that were simulated beside both ends of the path. */
  readonly corners: number;
  /** Target minus final growth, pp. */
  readonly finalGap: number;
  /** Every-year mode only. */
  readonly survey: Survey | null;
}

/** Trailing zeros cut, three decimals at most: 0.1, 14.482. */
const short = (value: number): string => String(Number(value.toFixed(3)));

function boundRows(changes: readonly LeverChange[], direction: 'low' | 'high'): string[] {
  return PARAMETER_NAMES.flatMap((name) => {
    const rows = changes.filter((change) => change.parameter_name === name && change.bound === direction);
    return rows.length > 0 ? [`${name} (${rows.length} rows)`] : [];
  });
}

/** "1.20 % to 3.40 %; the target 5 % lies 1.60 pp above". */
function outside({ target, tolerance }: TuningProblem, range: readonly [number, number]): string {
  const [low, high] = range;
  const digits = digitsFor(tolerance);
  const above = target > high;
  const distance = distanceInPoints(above ? target - high : low - target, digits);
  return `${rangeText(range, digits)}; the target ${short(target)} % lies ${distance} ${above ? 'above' : 'below'}`;
}

function changeTarget(
  problem: TuningProblem,
  { attainable, corners, survey }: Outcome,
): [boolean, string, string][] {
  const unreachable = survey?.settled.filter(({ outcome }) => outcome === 'unreachable') ?? [];
  if (survey !== null)
    return unreachable.map(({ year, range }) => [
      true,
      'YEAR_UNREACHABLE',
      `In ${year}, with the levers of the years before, growth can reach ${outside(problem, range)}.`,
    ]);
  const range = attainable ?? [Number.NaN, Number.NaN];
  const how =
    corners > 0
      ? `Inside the bounds, searched lever by lever and year by year with ${corners + 2} sets of levers, growth can reach`
      : 'With all levers moved towards one end of their bounds together (other levers inside the bounds were not searched), growth can reach';
  const message = `${how} ${outside(problem, range)}. Choose a target in that range.`;
  return [[true, 'CHANGE_TARGET', message]];
}

function whenInfeasible(problem: TuningProblem, outcome: Outcome): Recommendation[] {
  const { changes } = outcome;
  const binding = [...boundRows(changes, 'high'), ...boundRows(changes, 'low')];
  const locked = changes.filter((change) => change.bound === 'locked').length;
  const untuned = PARAMETER_NAMES.filter((name) => !changes.some((change) => change.parameter_name === name));
  const advice: [boolean, string, string][] = [
    ...changeTarget(problem, outcome),
    [binding.length > 0, 'WIDEN_BOUNDS', `At their bound: ${binding.join(', ')}. Widen these bounds.`],
    [locked > 0, 'UNLOCK_ROWS', `${locked} locked or frozen rows were not moved. Free them.`],
    [untuned.length > 0, 'TUNE_MORE', `Not tuned: ${untuned.join(', ')}. Tune them too.`],
  ];
  return [
    ...advice.filter(([applies]) => applies).map(([, code, message]) => ({ code, message })),
    ...(isNear(problem, outcome) ? noisy(outcome) : []),
  ];
}

/** Steps of growth are small: further out than this, pp, they change nothing. */
const REACH_OF_STEPS = 0.5;

function isNear({ target }: TuningProblem, { attainable, survey }: Outcome): boolean {
  const missed = survey?.settled.filter(({ outcome }) => outcome === 'unreachable') ?? [];
  const ranges = survey === null ? [attainable ?? [target, target]] : missed.map(({ range }) => range);
  return ranges.some(([low, high]) => target > low - REACH_OF_STEPS && target < high + REACH_OF_STEPS);
}

/** Promotions come in whole people, so growth answers to their probability in steps, and not always upwards. */
function noisy({ changes }: Outcome): Recommendation[] {
  const isTuned = changes.some(
    (row) => definitionOf(row.parameter_name).effect === 'promotion_chance' && row.bound !== 'locked',
  );
  const message =
    'Growth answers to promotion_probability in uneven steps, since promotions are whole people: inside the bounds it may pass what the bounds show. Tune without it, or ask for less precision.';
  return isTuned ? [{ code: 'GROWTH_UNEVEN', message }] : [];
}

function whenNotConverged(problem: TuningProblem, outcome: Outcome): Recommendation[] {
  const { reason, finalGap } = outcome;
  const tolerance = {
    code: 'RAISE_TOLERANCE',
    message: `The closest levers miss the target by ${distanceInPoints(finalGap, 3)}; a tolerance above that accepts them.`,
  };
  if (reason === 'lever_resolution') {
    const message = 'Growth jumps across the target between levers that differ only in the sixth decimal.';
    return [{ code: 'GROWTH_JUMPS', message }, tolerance, ...noisy(outcome)];
  }
  const message = `All ${problem.max_iterations} iterations were used. Allow more.`;
  return [{ code: 'RAISE_MAX_ITERATIONS', message }, tolerance, ...noisy(outcome)];
}

interface Warning {
  readonly code: string;
  readonly parameter: ParameterName;
  readonly applies: (average: number) => boolean;
  readonly rule: string;
}

/** Level averages that analysts question: `COLA_HIGH` above what is usual, `COLA_LOW` below it. */
const WARNINGS: readonly Warning[] = leversBy('eagerness').flatMap((parameter) => {
  const { usual, shortLabel } = definitionOf(parameter);
  if (usual === undefined) return [];
  const { low, high } = usual;
  const code = shortLabel.toUpperCase().replaceAll(' ', '_');
  const above = {
    code: `${code}_HIGH`,
    parameter,
    applies: (average: number) => average > high,
    rule: `above ${high}`,
  };
  if (low === undefined) return [above];
  return [
    above,
    { code: `${code}_LOW`, parameter, applies: (average: number) => average < low, rule: `below ${low}` },
  ];
});

/** Warnings on the level averages, one for each rule with the years that it concerns. */
export function leverWarnings(changes: readonly LeverChange[]): Recommendation[] {
  const years = [...new Set(changes.map((change) => change.fiscal_year))].toSorted(
    (left, right) => left - right,
  );
  return WARNINGS.flatMap(({ code, parameter, applies, rule }) => {
    const averages = years.flatMap((year) => {
      const rows = changes.filter(
        (change) => change.parameter_name === parameter && change.fiscal_year === year,
      );
      // To six decimals like the levers: five times .06 must not average to .060000000000000005.
      const average = Number((rows.reduce((total, row) => total + row.after, 0) / rows.length).toFixed(6));
      return rows.length > 0 && applies(average) ? [{ year, average }] : [];
    });
    const message = `${parameter} averages ${rule} over the levels, each counted once (${byPeriod(averages)}). Check that it is meant.`;
    return averages.length > 0 ? [{ code, message }] : [];
  });
}

/** "2025–2027: 0.009, 2029: 0.008": years in sequence with the same average are named once. */
function byPeriod(averages: readonly { readonly year: number; readonly average: number }[]): string {
  const periods: { first: number; last: number; average: number }[] = [];
  for (const { year, average } of averages) {
    const period = periods.at(-1);
    if (period?.last === year - 1 && period.average === average) period.last = year;
    else periods.push({ first: year, last: year, average });
  }
  return periods
    .map(({ first, last, average }) => `${first === last ? first : `${first}–${last}`}: ${average}`)
    .join(', ');
}

/** Recommendations in order of use: what to relax first, then warnings about the kept levers. */
export function recommend(problem: TuningProblem, outcome: Outcome): Recommendation[] {
  const relax = {
    outside_range: whenInfeasible,
    max_iterations: whenNotConverged,
    lever_resolution: whenNotConverged,
    within_tolerance: () => [],
    stopped: () => [
      { code: 'RUN_AGAIN', message: 'The run was stopped before it converged; run it again to go on.' },
    ],
  } satisfies Record<StopReason, (problem: TuningProblem, outcome: Outcome) => Recommendation[]>;
  const first = outcome.reason === null ? [] : relax[outcome.reason](problem, outcome);
  return [...first, ...leverWarnings(outcome.changes)];
}
