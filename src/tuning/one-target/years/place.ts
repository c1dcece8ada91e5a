/** Where to put one year's levers next, the years before being fixed: a bracketed search that stands steps and noise. */

/** A simulation with the years before as they are now; `error` is growth minus target, pp. */
export interface YearPoint {
  readonly place: number;
  readonly error: number;
}

export interface YearSearch {
  /** In the order of measurement; none of them within tolerance. */
  readonly points: readonly YearPoint[];
  /** Where the prediction meets the target, −1 to 1; an end when it does not. */
  readonly guess: number;
  /** Levers at this place were measured already (held to six decimals, several places have the same ones). */
  readonly isMeasured: (place: number) => boolean;
}

/**
 * `unreachable`: both corners were simulated and all growth lies on one side of the target. `stuck`: growth jumps
 * across the target between neighbouring lever values.
 */
export type NextPlace = number | 'unreachable' | 'stuck';

/** So many guesses of the prediction are tried before the bracket alone decides. */
const TRUSTED_GUESSES = 3;

/** Neighbouring points on either side of the target, the closest pair first. */
function brackets(points: readonly YearPoint[]): [YearPoint, YearPoint][] {
  const sorted = points.toSorted((left, right) => left.place - right.place);
  return sorted
    .slice(1)
    .map((right, index): [YearPoint, YearPoint] => [sorted[index]!, right])
    .filter(([left, right]) => left.error < 0 !== right.error < 0)
    .toSorted(([a, b], [c, d]) => b.place - a.place - (d.place - c.place));
}

/** The place to simulate next. */
export function nextPlace({ points, guess, isMeasured }: YearSearch): NextPlace {
  const enclosing = brackets(points);
  for (const [left, right] of enclosing) {
    const middle = (left.place + right.place) / 2;
    const chord = left.place - (left.error * (right.place - left.place)) / (right.error - left.error);
    const guesses =
      points.length <= TRUSTED_GUESSES + 1 ? [guess, chord] : points.length % 2 === 0 ? [chord] : [];
    const place = [...guesses, middle].find(
      (each) => each > left.place && each < right.place && !isMeasured(each),
    );
    if (place !== undefined) return place;
  }
  if (enclosing.length > 0) return 'stuck';
  const inner = Math.abs(guess) < 1 && points.length <= TRUSTED_GUESSES ? [guess] : [];
  const corners = guess < 0 || (guess === 0 && points[0]!.error > 0) ? [-1, 1] : [1, -1];
  return [...inner, ...corners].find((each) => !isMeasured(each)) ?? 'unreachable';
}

/** Where `growthAt`, monotone in the place, meets the target; the nearer end when it does not. */
export function meetingPlace(growthAt: (place: number) => number, target: number): number {
  const sign = growthAt(1) >= growthAt(-1) ? 1 : -1;
  const isShort = (place: number): boolean => sign * (growthAt(place) - target) < 0;
  let [low, high] = [-1, 1];
  if (!isShort(low)) return low;
  if (isShort(high)) return high;
  // From today's levers on, where a path's slope may change.
  for (let place = 0, halvings = 0; halvings < 40; halvings++, place = (low + high) / 2) {
    if (isShort(place)) low = place;
    else high = place;
  }
  return (low + high) / 2;
}
