/** Conservative: the smallest weighted change that makes the predicted growth. */
import { totalEffect, type RouteOf } from './route.js';

/**
 * Least Σ(Δ/step)² for a given Σ sensitivity·Δ under the bounds: Δ = min(room, λ·step²·sensitivity), here for knobs,
 * as share = min(1, λ·effect/cost). λ follows exactly from the part, since growth is piecewise linear in λ.
 */
export const conservative: RouteOf = (knobs) => {
  const helping = knobs.filter((knob) => knob.effect > 0);
  const effect = totalEffect(helping);
  const byReach = helping.toSorted((left, right) => left.cost / left.effect - right.cost / right.effect);
  // Summed from the far end: taking knobs off a total would leave only rounding errors for the last small ones.
  const slopes = byReach.map((knob) => knob.effect ** 2 / knob.cost);
  for (let index = slopes.length - 2; index >= 0; index--) slopes[index]! += slopes[index + 1]!;
  const multiplierAt = (part: number): number => {
    let missing = part * effect;
    for (const [index, knob] of byReach.entries()) {
      if (missing <= (slopes[index]! * knob.cost) / knob.effect) return missing / slopes[index]!;
      missing -= knob.effect;
    }
    return Infinity;
  };
  return {
    effect,
    resting: new Set(knobs.flatMap((knob, index) => (knob.effect > 0 ? [] : [index]))),
    sharesAt: (part) => {
      const multiplier = part >= 1 ? Infinity : multiplierAt(part);
      return knobs.map((knob) => (knob.effect > 0 ? Math.min(1, (multiplier * knob.effect) / knob.cost) : 0));
    },
  };
};
