/** The draws of one plan year, and what the rules make of a draw: a fraction, an index, a choice by shares. */
import {
  draw,
  drawCoefficients,
  PRIME,
  splitId,
  type DrawCoefficients,
} from '../../../src/simulation/model/draws.js';
import { compare, floor, plus, times, whole, type Fraction } from './exact.js';

export type Draws = (stream: string, employeeId: string) => Fraction;

/** u of a person in a stream, exactly: (2r + 1) / (2 · (2³¹ − 1)). */
export function drawsOf(seed: number, year: number): Draws {
  const coefficients = new Map<string, DrawCoefficients>();
  return (stream, employeeId) => {
    const known = coefficients.get(stream) ?? drawCoefficients(seed, stream, year);
    coefficients.set(stream, known);
    const [a, b] = splitId(employeeId);
    return { num: 2n * BigInt(draw(known, a, b)) + 1n, den: 2n * BigInt(PRIME) };
  };
}

/** A whole number from 0 to `count` − 1. */
export const indexOf = (u: Fraction, count: number): number => Number(floor(times(u, whole(count))));

export interface Share<Value> {
  readonly value: Value;
  /** Part of a sum that need not be 1. */
  readonly share: Fraction;
}

/** The first value whose cumulative share of the sum lies above u. */
export function chooseByShare<Value>(u: Fraction, shares: readonly Share<Value>[]): Value {
  const wanted = times(u, plus(...shares.map(({ share }) => share)));
  let reached = whole(0);
  for (const { value, share } of shares) {
    reached = plus(reached, share);
    if (compare(wanted, reached) < 0) return value;
  }
  throw new TypeError('shares without a positive sum');
}
