/** Where to measure next: the bracketed root finder on the path. */

/** A measured point: `error` is growth minus target in the target's direction, pp; below 0 falls short. */
export interface Point {
  readonly t: number;
  readonly error: number;
}

/** The narrowest pair of points known to enclose the target. */
export interface Bracket {
  readonly short: Point;
  readonly beyond: Point;
}

/** The bracket after all points, the first two being t = 0 (short) and t = 1 (beyond); later ones lie inside it. */
export function bracketOf(points: readonly Point[]): Bracket {
  return points
    .slice(2)
    .reduce<Bracket>(
      (bracket, point) => (point.error < 0 ? { ...bracket, short: point } : { ...bracket, beyond: point }),
      { short: points[0]!, beyond: points[1]! },
    );
}

const chord = (left: Point, right: Point): number =>
  left.t - (left.error * (right.t - left.t)) / (right.error - left.error);

/** A measured slope further than this from the chord's is not believed. */
const SLOPE_TRUST = 0.05;

/**
 * First guess on [start, end]: the quadratic through both ends with the measured slope at the start, or the chord
 * when there is no slope or it does not fit. `slope` is pp per unit of t.
 */
export function firstGuess(start: Point, end: Point, slope: number | null): number {
  const length = end.t - start.t;
  const rise = end.error - start.error;
  if (slope === null || !(Math.abs((slope * length) / rise - 1) <= SLOPE_TRUST)) return chord(start, end);
  const linear = slope * length;
  // The form of the root that stays exact when the curvature, rise − linear, vanishes.
  const discriminant = linear ** 2 - 4 * (rise - linear) * start.error;
  return start.t + (length * -2 * start.error) / (linear + Math.sqrt(discriminant));
}

/**
 * Chandrupatla's method (A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
 * without using derivatives, Advances in Engineering Software 28(3), 1997): inverse quadratic interpolation through
 * the last three points where it is sure to stay inside the bracket, else bisection.
 *
 * Chosen by measurement against Illinois, Anderson-Björck, ITP and safeguarded quadratic interpolation over 13
 * response shapes, 99 targets each: with 1.2 % curvature all but ITP need 2 candidates at ±.001 pp without a slope (ITP
 * 3-4); on strongly bent responses its worst case was 7 where the others took 9 to 41.
 *
 * `points` as for {@link bracketOf}, at least three. Returns a t strictly inside the bracket.
 */
export function nextGuess(points: readonly Point[]): number {
  let latest = points[1]!;
  let opposite = points[0]!;
  let earlier = opposite;
  for (const point of points.slice(2)) {
    if (point.error < 0 === latest.error < 0) {
      earlier = latest;
    } else {
      earlier = opposite;
      opposite = latest;
    }
    latest = point;
  }
  const xi = (latest.t - opposite.t) / (earlier.t - opposite.t);
  const phi = (latest.error - opposite.error) / (earlier.error - opposite.error);
  const middle = (latest.t + opposite.t) / 2;
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return middle;
  const [a, b, c] = [latest.error, opposite.error, earlier.error];
  const skew = (earlier.t - latest.t) / (opposite.t - latest.t);
  const share = (a * c) / ((b - a) * (b - c)) + (skew * a * b) / ((c - a) * (c - b));
  return share > 0 && share < 1 ? latest.t + share * (opposite.t - latest.t) : middle;
}
