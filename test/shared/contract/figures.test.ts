/** Growth, gaps and ranges are written in one way, on the page as on the command line and in the report. */
import {
  besideTarget,
  digitsFor,
  distanceInPoints,
  growthGap,
  percentText,
  pointsText,
  rangeText,
} from '../../../src/shared/contract/figures.terms.js';
import { percent, percentagePoints, percentRange, pointsApart } from '../../../web/src/ui/number.js';

const plain = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll('\u2212', '-');

test.each([
  [0, '0.00 %', '0.00 pp', '0.00 pp'],
  [-0.001, '0.00 %', '0.00 pp', '0.00 pp'],
  [0.004, '0.00 %', '0.00 pp', '0.00 pp'],
  [1.2345, '1.23 %', '+1.23 pp', '1.23 pp'],
  [-4.812, '-4.81 %', '-4.81 pp', '4.81 pp'],
])('%d', (value, percentage, points, distance) => {
  expect([percentText(value), pointsText(value), distanceInPoints(value)]).toEqual([
    percentage,
    points,
    distance,
  ]);
  expect([plain(percent(value)), plain(percentagePoints(value)), plain(pointsApart(value))]).toEqual([
    percentage,
    points,
    distance,
  ]);
});

test.each<[readonly [number, number], number, string]>([
  [[-0.407, 11.655], 2, '-0.41 % to 11.65 %'],
  [[-4.812, -0.0001], 3, '-4.812 % to 0.000 %'],
])('a range %j', (range, digits, text) => {
  expect(rangeText(range, digits)).toBe(text);
  expect(plain(percentRange(range, digits))).toBe(text);
});

test.each([
  [2, 3.2, -1.2, '1.20 pp above the target'],
  [2, 0.5, 1.5, '1.50 pp below the target'],
])('a gap is target %d minus growth %d', (target, growth, gap, words) => {
  expect(growthGap(target, growth)).toBeCloseTo(gap, 10);
  expect(besideTarget(growthGap(target, growth))).toBe(words);
});

test.each([
  [5, 2],
  [0.1, 2],
  [0.01, 3],
  [0.001, 4],
])('a gap inside a tolerance of %d needs %d digits', (tolerance, digits) => {
  expect(digitsFor(tolerance)).toBe(digits);
});
