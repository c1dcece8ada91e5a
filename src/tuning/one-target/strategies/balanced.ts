/** Balanced: each row moves by the same share of its room, whatever its effect. */
import { totalEffect, type RouteOf } from './route.js';

export const balanced: RouteOf = (knobs) => ({
  effect: totalEffect(knobs),
  resting: new Set(),
  sharesAt: (part) => knobs.map(() => part),
});
