/**
 * Which random seeds a run tunes on, and which judge its levers. Both follow from the request's seed alone, so that
 * anybody can repeat one by `simulate --seed`, and runs with more or fewer tuning seeds are judged on the same ones.
 */

/** Seeds are 0 … 2³¹ − 1; after the last comes 0. */
const SEEDS = 2 ** 31;
/** Above the most tuning seeds that a request may ask for, so that no evaluation seed ever tunes. */
const FIRST_EVALUATION = 1000;
export const EVALUATION_SEEDS = 20;

const following = (seed: number, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (seed + first + index) % SEEDS);

/** The request's seed and those after it: 42, 43, 44, … */
export const tuningSeeds = (seed: number, count: number): number[] => following(seed, 0, count);

/** Twenty seeds from a thousand after the request's on: 1042, 1043, … */
export const evaluationSeeds = (seed: number): number[] =>
  following(seed, FIRST_EVALUATION, EVALUATION_SEEDS);
