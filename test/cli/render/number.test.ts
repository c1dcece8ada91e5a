/** Numbers keep their unit, their sign and enough digits. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bytes,
  count,
  digitsFor,
  duration,
  money,
  multiplier,
  percent,
  points,
  rate,
} from '../../../src/cli/render/number.js';

describe('numbers', () => {
  test.each([
    [count(0), '0'],
    [count(1234567), '1,234,567'],
    [money(84213.4), '$84,213'],
    [money(-1200), '-$1,200'],
    [percent(3.8449), '3.84 %'],
    [percent(-0.001), '0.00 %'],
    [percent(1.23456, 4), '1.2346 %'],
    [points(-1.84), '-1.84 pp'],
    [points(0.031), '+0.03 pp'],
    [points(-0.0001), '0.00 pp'],
    [points(0), '0.00 pp'],
    [rate(0.035), '3.50 %'],
    [multiplier(1.16), '1.160 x'],
    [bytes(0), '0 B'],
    [bytes(1536), '1.5 KiB'],
    [bytes(5.3 * 1024 ** 3), '5.3 GiB'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });

  test.each([
    [0.481, '0.48 s'],
    [9.994, '9.99 s'],
    [9.996, '10.0 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [3720, '1 h 02 min'],
  ])('%d seconds', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });

  test.each([
    [5, 2],
    [0.1, 2],
    [0.01, 3],
    [0.001, 4],
  ])('a tolerance of %d pp shows %d digits', (tolerance, digits) => {
    expect(digitsFor(tolerance)).toBe(digits);
  });

  test('what rounds to zero has no sign', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.0049, max: 0.0049, noNaN: true }), (value) => {
        expect(percent(value)).toBe('0.00 %');
      }),
    );
  });
});
