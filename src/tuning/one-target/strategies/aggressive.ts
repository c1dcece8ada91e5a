/** Aggressive: the fewest levers, one parameter to its bound before the next one moves. */
import { leversBy, type ParameterName } from '../../../levers/catalogue.terms.js';
import { totalEffect, type RouteOf } from './route.js';

const ORDER = leversBy('eagerness');

export const aggressive: RouteOf = (knobs) => {
  const legs = ORDER.map((parameter) => ({
    parameter,
    effect: totalEffect(knobs.filter((knob) => knob.parameter === parameter)),
  })).filter((leg) => leg.effect > 0);
  const effect = legs.reduce((total, leg) => total + leg.effect, 0);
  const helping = new Set(legs.map((leg) => leg.parameter));
  return {
    effect,
    resting: new Set(knobs.flatMap((knob, index) => (helping.has(knob.parameter) ? [] : [index]))),
    sharesAt: (part) => {
      let missing = part * effect;
      const shares = new Map<ParameterName, number>();
      for (const leg of legs) {
        shares.set(leg.parameter, part >= 1 ? 1 : Math.min(1, Math.max(0, missing / leg.effect)));
        missing -= leg.effect;
      }
      return knobs.map((knob) => shares.get(knob.parameter) ?? 0);
    },
  };
};
