/** The chart's bars are as long as their values and share one target line. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderChart } from '../../../src/cli/render/chart.js';

test('bars against the target', () => {
  const text = renderChart(
    [
      { label: '2025', value: 4 },
      { label: '2026', value: 1.95 },
      { label: '2027', value: 0 },
    ],
    2,
    20,
  );
  expect(text.split('\n')).toEqual([
    '2025  ██████████┃█████████    4.00 %',
    '2026  █████████▊┃             1.95 %',
    '2027            ┃             0.00 %',
    '                ┃ target 2.00 %',
  ]);
});

test('a fall goes to the left of zero', () => {
  const text = renderChart(
    [
      { label: '2025', value: -1 },
      { label: '2026', value: 3 },
    ],
    1,
    20,
  );
  expect(text.split('\n')).toEqual([
    '2025  █████     ┃            -1.00 %',
    '2026       █████┃█████████    3.00 %',
    '                ┃ target 1.00 %',
  ]);
});

test('every line holds the target mark at one place, whatever the values', () => {
  const value = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), value, (values, target) => {
      const lines = renderChart(
        values.map((growth, index) => ({ label: `y${index}`, value: growth })),
        target,
      ).split('\n');
      expect(new Set(lines.map((line) => line.indexOf('┃'))).size).toBe(1);
      expect(lines.every((line) => line.includes('┃'))).toBe(true);
    }),
  );
});
