/** What a grid may be asked. */
import fc from 'fast-check';
import { gridRequest } from '../../src/grids/grid.contract.js';
import { parseNumberList } from '../../src/grids/number-list.terms.js';
import { brokenRule } from '../../src/shared/contract/rule.contract.js';

test.each([
  ['2', [2]],
  ['1.5,2.0, 2.5', [1.5, 2, 2.5]],
  ['1.5..3.0:0.5', [1.5, 2, 2.5, 3]],
  ['1.5..1.8:.1', [1.5, 1.6, 1.7, 1.8]],
  ['1..2:0.4', [1, 1.4, 1.8]],
  ['-1..1', [-1, 0, 1]],
  ['-0', [0]],
  ['42..44,50', [42, 43, 44, 50]],
  ['3..3', [3]],
  ['', null],
  ['1,', null],
  ['2..1', null],
  ['1..2:0', null],
  ['1..2:-1', null],
  ['1:2', null],
  ['2,0 %', null],
  ['targets.csv', null],
  ['1e3', null],
  ['Infinity', null],
])('%j reads as %j', (text, numbers) => {
  expect(parseNumberList(text)).toEqual(numbers);
});

test('a list written with commas reads as it was', () => {
  const list = fc.array(fc.integer({ min: -50_000_000, max: 50_000_000 }), { minLength: 1 });
  fc.assert(
    fc.property(list, (millionths) => {
      const numbers = millionths.map((number) => number / 1_000_000);
      expect(parseNumberList(numbers.map((number) => number.toFixed(6)).join(','))).toEqual(
        numbers.map((number) => number + 0),
      );
    }),
  );
});

test('without anything every default holds', () => {
  expect(gridRequest.parse({})).toMatchObject({
    targets: [2],
    strategies: ['balanced'],
    scenarios: ['default'],
    parallel: 2,
    tolerance: 0.1,
  });
});

test.each([
  [
    { targets: '1.5..2:0.5', seeds: '42..43' },
    { targets: [1.5, 2], seeds: [42, 43] },
  ],
  [
    { targets: [1.5, 2], seeds: [42] },
    { targets: [1.5, 2], seeds: [42] },
  ],
])('%j', (input, expected) => {
  expect(gridRequest.parse(input)).toMatchObject(expected);
});

test.each([
  [{ targets: [51] }, 'targets', 'must be numbers from -50 to 50, such as 1.5,2.0 or 1.5..3.0:0.5'],
  [{ targets: [] }, 'targets', 'must be numbers from -50 to 50, such as 1.5,2.0 or 1.5..3.0:0.5'],
  [{ targets: '1.5,2,1.5' }, 'targets', 'names 1.5 twice'],
  [{ targets: '0..10:0.001' }, 'targets', 'must be at most 1000 numbers'],
  [
    { targets: '0..10:0.1', seeds: '1..10' },
    'targets',
    'makes 1010 cells with the strategies, scenarios and seeds; must be at most 1000',
  ],
  [{ seeds: [1.5] }, 'seeds', 'must be whole numbers from 0 to 2147483647, such as 42,43 or 42..45'],
  [{ strategies: ['bold'] }, 'strategies', 'must be a list of conservative, balanced, aggressive'],
  [{ strategies: ['balanced', 'balanced'] }, 'strategies', 'must name each strategy once'],
  [{ scenarios: ['a/b'] }, 'scenarios', 'must be letters, digits, dot, dash or underscore'],
  [{ scenarios: ['a', 'a'] }, 'scenarios', 'must name each scenario once'],
  [{ parallel: 17 }, 'parallel', 'must be a whole number from 1 to 16'],
  [{ id: 'x'.repeat(61) }, 'id', 'must be at most 60 letters, digits, dots, dashes or underscores'],
  [{ tolerance: 9 }, 'tolerance', 'must be a number from 0.001 to 5'],
  [{ target: 2 }, 'target', 'unknown key'],
  [{ apply: 'on-convergence' }, 'apply', 'unknown key'],
])('%j is refused: %s', (input, field, rule) => {
  const parsed = gridRequest.safeParse(input);
  expect(parsed.success).toBe(false);
  if (parsed.success) return;
  const broken = brokenRule(gridRequest, parsed.error, input);
  expect(broken.field).toBe(field);
  expect(broken.rule).toContain(rule);
});
