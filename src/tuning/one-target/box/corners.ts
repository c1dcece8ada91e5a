/**
 * The second part of the search of the box: corners in which some levers stand at their low and others at their high
 * bound. Raising hire pay in the last year brings growth there, raising it the year before takes it off again: the
 * widest range lies in a corner that no common path leads to.
 */
import { definitionOf } from '../../../levers/catalogue.terms.js';
import { cornerValue, type Side, type Sides } from '../../knobs.js';
import { isHeld, type TunableLever, type TuningProblem } from '../../problem.js';
import type { Trial, TuningState } from '../state.js';

/** Most corners that one direction simulates; a search cut off here says less than the box holds, and never more. */
const MOST_CORNERS = 60;
/** A group whose measured effect is at least this, pp over its whole room, stands on the side that it says. */
const SURE_EFFECT = 0.25;
/** Smaller gains, pp, are rounding of cents. */
const GAIN = 1e-6;

const sidesKey = (sides: Sides): string => sides.map((side) => side[0]).join('');

const sidesOf = (key: string): Side[] => key.split('').map((letter) => (letter === 'l' ? 'low' : 'high'));

/** A row that cannot move has one side only, so that a corner has one name. */
const isFixed = (lever: TunableLever): boolean =>
  isHeld(lever) || cornerValue(lever, 'low') === cornerValue(lever, 'high');

const endKey = ({ levers }: TuningProblem, side: Side): string =>
  sidesKey(levers.map((lever) => (isFixed(lever) ? 'low' : side)));

/** The values of a corner, one per lever, in the problem's order. */
export const sidedValues = ({ levers }: TuningProblem, sides: Sides): number[] =>
  levers.map((lever, row) => cornerValue(lever, sides[row]!));

/** Rows that change sides together: a lever of one year, all its levels; those that cannot move are left out. */
function groupsOf({ levers }: TuningProblem): number[][] {
  const groups = new Map<string, number[]>();
  levers.forEach((lever, row) => {
    if (isFixed(lever)) return;
    const name = `${lever.parameter_name} ${lever.fiscal_year}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  });
  return [...groups.values()];
}

/** Where the measured effects are those of the tuned growth, a large one decides its side without a simulation. */
function unsure({ levers, box }: TuningProblem, groups: readonly number[][]): number[][] {
  if (box?.effects !== 'measured') return [...groups];
  return groups.filter((rows) => {
    const effects = rows.map((row) => {
      const lever = levers[row]!;
      return Math.abs(lever.sensitivity * (cornerValue(lever, 'high') - cornerValue(lever, 'low')));
    });
    const isWhole = rows.some(
      (row) => definitionOf(levers[row]!.parameter_name).effect === 'promotion_chance',
    );
    return isWhole || effects.reduce((sum, effect) => sum + effect, 0) < SURE_EFFECT;
  });
}

/**
 * Every other year high, the rest low, and the other way round: the mean of yearly growth rates rises when pay of a small
 * group goes down and up again, which no single change from a common side shows.
 */
function alternating({ levers }: TuningProblem): Side[][] {
  const first = Math.min(...levers.map(({ fiscal_year }) => fiscal_year));
  return [0, 1].map((parity) =>
    levers.map((lever) => (!isFixed(lever) && (lever.fiscal_year - first) % 2 === parity ? 'high' : 'low')),
  );
}

/** Groups that may change sides, and where the effects are not known, a lever's neighbouring years together as well. */
function movesOf(problem: TuningProblem): number[][] {
  const groups = unsure(problem, groupsOf(problem));
  if (problem.box?.effects === 'measured') return groups;
  const pairs = groups.flatMap((rows, index) => {
    const [lever, following] = [problem.levers[rows[0]!]!, groups.slice(index + 1)];
    const next = following.find((others) => {
      const { parameter_name, fiscal_year } = problem.levers[others[0]!]!;
      return parameter_name === lever.parameter_name && fiscal_year === lever.fiscal_year + 1;
    });
    return next === undefined ? [] : [[...rows, ...next]];
  });
  return [...groups, ...pairs];
}

type Ascent = { readonly next: Sides } | { readonly best: string };

/**
 * Coordinate ascent on corners that were simulated: from the best of the ends of the path, those found before, the
 * corner that the measured effects predict and the alternating ones, one group after another changes sides and stays where growth went further.
 * Ends when no group helps.
 */
function ascend(
  problem: TuningProblem,
  direction: 1 | -1,
  growths: ReadonlyMap<string, number>,
  found: readonly string[],
): Ascent {
  const merit = (key: string): number => direction * growths.get(key)!;
  const ends = (['low', 'high'] as const).map((side) => endKey(problem, side));
  const end = ends.toSorted((left, right) => merit(right) - merit(left))[0]!;
  const predicted = problem.levers.map((lever, row): Side => {
    if (isFixed(lever) || lever.sensitivity === 0) return sidesOf(end)[row]!;
    return direction * lever.sensitivity > 0 ? 'high' : 'low';
  });
  const starts = [predicted, ...alternating(problem)];
  const unknown = starts.find((sides) => !growths.has(sidesKey(sides)));
  if (unknown !== undefined) return { next: unknown };
  const known = [...starts.map(sidesKey), ...found];
  let best = known.reduce((far, key) => (merit(key) > merit(far) ? key : far), end);
  const asked = new Set<string>();
  // Levels that stand on different sides may go to one of them together, too.
  const moves = movesOf(problem).flatMap((rows) =>
    ([null, 'low', 'high'] as const)
      .filter((side) => side === null || problem.box?.effects !== 'measured')
      .map((side) => ({ rows, side })),
  );
  for (let improved = true; improved;) {
    improved = false;
    for (const { rows, side: wanted } of moves) {
      const flipped = sidesOf(best).map((side, row): Side => {
        if (!rows.includes(row)) return side;
        return wanted ?? (side === 'low' ? 'high' : 'low');
      });
      const key = sidesKey(flipped);
      if (key === best) continue;
      if (!growths.has(key)) return asked.size < MOST_CORNERS ? { next: flipped } : { best };
      asked.add(key);
      if (merit(key) <= merit(best) + GAIN) continue;
      best = key;
      improved = true;
    }
  }
  return { best };
}

/** The corner that a set of values is, if it is one; `idle` is the side of levers that nothing has moved from today's. */
function keyIn(
  { levers }: TuningProblem,
  values: readonly number[],
  idle: Side | null = null,
): string | null {
  const sides = levers.map((lever, row): Side | null => {
    if (isFixed(lever)) return 'low';
    const sided = (['low', 'high'] as const).find((side) => values[row] === cornerValue(lever, side));
    return sided ?? (values[row] === lever.value ? idle : null);
  });
  return sides.includes(null) ? null : sidesKey(sides as Side[]);
}

/**
 * Values of the corner to simulate next on the way to the highest or lowest growth; null when no change of sides helps.
 * @param before trials that the search begins from, where they are corners
 */
export function nextCorner(
  { problem, trials }: TuningState,
  direction: 1 | -1,
  before: readonly Trial[],
): number[] | null {
  const growths = new Map<string, number>();
  for (const { role, values, growth } of trials) {
    const key = role === 'low' || role === 'high' ? endKey(problem, role) : keyIn(problem, values);
    if (key !== null && !growths.has(key)) growths.set(key, growth);
  }
  const furthest = before.toSorted((left, right) => direction * (right.growth - left.growth))[0];
  const start = furthest === undefined ? null : keyIn(problem, furthest.values, 'low');
  if (start !== null && !growths.has(start)) return sidedValues(problem, sidesOf(start));
  const ascent = ascend(problem, direction, growths, start === null ? [] : [start]);
  return 'next' in ascent ? sidedValues(problem, ascent.next) : null;
}
