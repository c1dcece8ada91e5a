/**
 * Random draws as a pure function of seed, stream, year and person, the same in TypeScript and in DuckDB SQL.
 *
 * A person is two numbers, the halves of md5(employee_id); a draw is (c0 + c1·a + c2·b) mod 2³¹ − 1, whose
 * coefficients come from sha256 of `seed|stream|year`. No product leaves a signed 64-bit integer.
 */
import { createHash } from 'node:crypto';

/** 2³¹ − 1. Draws lie in 0 … PRIME − 1. */
export const PRIME = 2_147_483_647;

export type DrawCoefficients = readonly [c0: number, c1: number, c2: number];
export type PersonNumbers = readonly [a: number, b: number];

/** c0 in 0 … PRIME − 1; c1 and c2 in 1 … PRIME − 1, from the first three 8-byte big-endian numbers of the sha256. */
export function drawCoefficients(seed: number, stream: string, year: number): DrawCoefficients {
  const digest = createHash('sha256').update(`${seed}|${stream}|${year}`).digest();
  const chunk = (index: number, modulus: number) =>
    Number(digest.readBigUInt64BE(8 * index) % BigInt(modulus));
  return [chunk(0, PRIME), 1 + chunk(1, PRIME - 1), 1 + chunk(2, PRIME - 1)];
}

/**
 * The two halves of md5(employee_id) modulo PRIME. DuckDB's md5_number_upper and md5_number_lower read the first
 * and the last eight bytes as little-endian numbers, so this does too; {@link personNumbersSql} is its twin.
 */
export function splitId(employeeId: string): PersonNumbers {
  const digest = createHash('md5').update(employeeId, 'utf8').digest();
  const half = (offset: number) => Number(digest.readBigUInt64LE(offset) % BigInt(PRIME));
  return [half(0), half(8)];
}

/** The draw r in 0 … PRIME − 1. */
export function draw([c0, c1, c2]: DrawCoefficients, a: number, b: number): number {
  return Number((BigInt(c0) + BigInt(c1) * BigInt(a) + BigInt(c2) * BigInt(b)) % BigInt(PRIME));
}

/** u = (r + ½) / PRIME, inside (0, 1). */
export const uniform = (r: number): number => (r + 0.5) / PRIME;

/** SQL for a and b of an id expression, as BIGINT. */
export const personNumbersSql = (id: string): { readonly a: string; readonly b: string } => ({
  a: `(md5_number_upper(${id}) % ${PRIME})::bigint`,
  b: `(md5_number_lower(${id}) % ${PRIME})::bigint`,
});

/** SQL for r; `a` and `b` are BIGINT expressions. */
export const drawSql = ([c0, c1, c2]: DrawCoefficients, a: string, b: string): string =>
  `((${c0}::bigint + ${c1}::bigint * ${a} + ${c2}::bigint * ${b}) % ${PRIME})`;

/** SQL for u in (0, 1), a DOUBLE. */
export const uniformSql = (c: DrawCoefficients, a: string, b: string): string =>
  `((${drawSql(c, a, b)} + 0.5::double) / ${PRIME})`;
