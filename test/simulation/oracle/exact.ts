/** Exact arithmetic for the oracle: fractions of BigInt, and money in whole cents. */

/** `den` is above zero; not reduced. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export const ONE: Fraction = { num: 1n, den: 1n };

/** A plain decimal such as `0.42` or `-3`. */
export function decimal(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new TypeError(`${text} is no plain decimal`);
  const [, sign = '', whole = '', part = ''] = match;
  return { num: BigInt(`${sign}${whole}${part}`), den: 10n ** BigInt(part.length) };
}

export const whole = (value: number | bigint): Fraction => ({ num: BigInt(value), den: 1n });

export const times = (...factors: readonly Fraction[]): Fraction =>
  factors.reduce((left, right) => ({ num: left.num * right.num, den: left.den * right.den }), ONE);

/** Reduced, so that a sum over many people stays small. */
export const plus = (...terms: readonly Fraction[]): Fraction =>
  terms.reduce((left, right) =>
    reduced({ num: left.num * right.den + right.num * left.den, den: left.den * right.den }),
  );

function reduced({ num, den }: Fraction): Fraction {
  let [divisor, rest] = [den, num < 0n ? -num : num];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return { num: num / divisor, den: den / divisor };
}

/** @param right above zero */
export const over = (left: Fraction, right: Fraction): Fraction => ({
  num: left.num * right.den,
  den: left.den * right.num,
});

/** Below, at or above zero as `left` is below, at or above `right`. */
export function compare(left: Fraction, right: Fraction): number {
  const difference = left.num * right.den - right.num * left.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A rate, kept within 0 … 1. */
export const clamp = (rate: Fraction): Fraction =>
  rate.num < 0n ? whole(0) : compare(rate, ONE) > 0 ? ONE : rate;

/** To a whole number, half away from zero. */
export function round({ num, den }: Fraction): bigint {
  const size = num < 0n ? -num : num;
  const rounded = (2n * size + den) / (2n * den);
  return num < 0n ? -rounded : rounded;
}

/** @param value not below zero */
export const ceil = ({ num, den }: Fraction): bigint => (num + den - 1n) / den;

/** @param value not below zero */
export const floor = ({ num, den }: Fraction): bigint => num / den;

/** Within two units in the last place: both parts turn into the nearest doubles first. */
export const toNumber = ({ num, den }: Fraction): number => Number(num) / Number(den);

/** Money as text with two places, from cents. */
export function dollars(cents: bigint): string {
  const digits = cents.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Cents from money as text. */
export const cents = (text: string): bigint => round(times(decimal(text), whole(100)));
