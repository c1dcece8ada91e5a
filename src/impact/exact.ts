/**
 * Sums without a last digit: percent and mean pay are held to a binary grid far below anything that matters, payroll to
 * whole cents. Differences and sums of such numbers are exact in doubles, so that parts add up to the last bit.
 */

/** 2⁻⁴⁰ ≈ 9·10⁻¹³ pp: growth below 4,096 % then has 52 bits at most. */
const GROWTH_GRID = 2 ** 40;
/** 2⁻²⁴ ≈ 6·10⁻⁸ USD: mean pay below 200 million. */
const PAY_GRID = 2 ** 24;

/** Percent or pp. */
export const onGrowthGrid = (percent: number): number => Math.round(percent * GROWTH_GRID) / GROWTH_GRID;

/** USD. */
export const onPayGrid = (usd: number): number => Math.round(usd * PAY_GRID) / PAY_GRID;

/** The sum of amounts in USD, cent by cent. */
export const sumOfUsd = (amounts: readonly number[]): number =>
  amounts.reduce((cents, usd) => cents + toCents(usd), 0) / 100;

/** USD, cent by cent. */
export const usdBetween = (from: number, to: number): number => (toCents(to) - toCents(from)) / 100;

const toCents = (usd: number): number => Math.round(usd * 100);
