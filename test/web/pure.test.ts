/** Numbers, pasted cells, links, merge patches and grouped levers of the page. */
import fc from 'fast-check';
import { mergePatch } from '../../web/src/api/merge-patch.js';
import { readContext, someOf } from '../../web/src/app/context.js';
import { readPaste } from '../../web/src/features/parameters/paste.js';
import { outsideTested } from '../../web/src/draft/tested-range.js';
import { assignmentsOf } from '../../web/src/features/impact/assignments.js';
import { courseOf, elapsedSeconds } from '../../web/src/features/assets/materialization-words.js';
import { neededPages } from '../../web/src/ui/pages.js';
import { csvText } from '../../web/src/ui/csv.js';
import { matrixLines } from '../../web/src/ui/lever-lines.js';
import { groupSteps, ranges } from '../../web/src/ui/lever-steps.js';
import { leverChangeText, leverDecimal, leverPercent } from '../../web/src/ui/lever-value.js';
import { dollars, millions, percent, percentagePoints } from '../../web/src/ui/number.js';

test.each([
  [percent(2.0449), '2.04\u202f%'],
  [percent(-0.5), '−0.50\u202f%'],
  [percent(null), '–'],
  [percentagePoints(0.04), '+0.04\u202fpp'],
  [percentagePoints(-1.2), '−1.20\u202fpp'],
  [percentagePoints(-0.001), '0.00\u202fpp'],
  [dollars(-1234.5), '−$1,235'],
  [millions(3_476_500_000), '$3,476.5\u202fM'],
  [leverChangeText(0.04, 0.035), '−0.5\u202fpp'],
])('a number stands with sign and unit: %s', (text, expected) => {
  expect(text).toBe(expected);
});

test.each([
  ['nothing inside the bounds, ends included', [0.01, 0.1, 0.05], []],
  ['levels and years with the same value share a line', [0.12, 0.12, 0.05], ['level 1–2, 2026: 12\u202f%']],
  [
    'too low is outside as well',
    [0.02, 0.005, 0.2],
    ['level 2, 2026: 0.5\u202f%', 'level 3, 2026: 20\u202f%'],
  ],
])('tested range of merit: %s', (_what, byLevel, expected) => {
  const lines = outsideTested(
    byLevel.map((value, index) => ({
      fiscal_year: 2026,
      job_level: index + 1,
      parameter_name: 'merit_base',
      value,
    })),
  );
  expect(lines).toEqual(expected.map((line) => `Merit, ${line}, tested from 1\u202f% to 10\u202f%`));
});

test('a lever survives being shown and read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000_000 }), (millionths) => {
      const value = millionths / 1e6;
      expect(leverDecimal(leverPercent(value))).toBe(value);
    }),
  );
});

test.each([
  [
    '3.5\t4\n2\t',
    {
      rows: [
        [3.5, 4],
        [2, null],
      ],
    },
  ],
  ['3.5 %\r\n4,25%\r\n', { rows: [[3.5], [4.25]] }],
  ['3\tx', { wrong: 'x' }],
])('pasted %j', (text, expected) => {
  expect(readPaste(text)).toEqual(expected);
});

test.each([
  [{ scenario: 'default', years: '2025-2029' }, { years: '2025-2029' }],
  [{ scenario: '../etc', years: 'soon', seed: -1 }, {}],
  [
    { scenario: 'plan-b', seed: '7' },
    { scenario: 'plan-b', seed: 7 },
  ],
])('a link of %j opens with what can be read', (search, expected) => {
  expect(readContext(search)).toEqual(expected);
});

test('words of a link that are not known are left out', () => {
  expect(someOf('b,x,a', ['a', 'b', 'c'])).toEqual(['a', 'b']);
  expect(someOf('x', ['a'])).toBeUndefined();
});

const json = fc.jsonValue({ maxDepth: 3 });
test('a merge patch of a whole object leads to that object but for its nulls', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null }, d: [2, 3] })).toEqual({
    a: { c: 2 },
    d: [2, 3],
  });
  fc.assert(
    fc.property(json, json, (target, patch) => {
      const once = mergePatch(target, patch);
      expect(mergePatch(once, patch)).toEqual(once);
    }),
  );
});

const step = (fiscal_year: number, job_level: number, after: number) => ({
  fiscal_year,
  job_level,
  parameter_name: 'cola_rate' as const,
  before: 0.02,
  after,
});

test('changes that say the same of several levels and years share a line', () => {
  const steps = [1, 2, 3].flatMap((level) => [2025, 2026, 2028].map((year) => step(year, level, 0.03)));
  expect(groupSteps([...steps, step(2025, 5, 0.04)]).map(({ years, levels }) => [years, levels])).toEqual([
    ['2025–2026, 2028', '1–3'],
    ['2025', '5'],
  ]);
  expect(ranges([3, 1, 2, 2, 7])).toBe('1–3, 7');
});

test('levels whose levers move alike share a line of the matrix', () => {
  const moved = [1, 2].flatMap((level) =>
    [2025, 2026].map((year) => ({ ...step(year, level, 0.01), bound: null })),
  );
  const [line, ...others] = matrixLines([...moved, { ...step(2025, 3, 0), bound: 'low' as const }]);
  expect(line?.levels).toEqual([1, 2]);
  expect(others).toHaveLength(1);
});

test('the assignments of an impact question say every change, and nothing else', () => {
  const changes = fc.uniqueArray(
    fc.record({
      fiscal_year: fc.integer({ min: 2025, max: 2029 }),
      job_level: fc.integer({ min: 1, max: 5 }),
      parameter_name: fc.constantFrom('merit_base' as const, 'cola_rate' as const),
      value: fc.constantFrom(0.01, 0.02),
    }),
    {
      selector: ({ fiscal_year, job_level, parameter_name }) => `${fiscal_year}${job_level}${parameter_name}`,
    },
  );
  fc.assert(
    fc.property(changes, (drawn) => {
      const said = assignmentsOf(drawn).flatMap(({ parameter_name, parameter_value: value, years, levels }) =>
        years.flatMap((fiscal_year) =>
          levels.map((job_level) => ({ fiscal_year, job_level, parameter_name, value })),
        ),
      );
      const sorted = (cells: readonly object[]): string[] =>
        cells.map((each) => JSON.stringify(each, Object.keys(each).toSorted())).toSorted();
      expect(sorted(said)).toEqual(sorted(drawn));
    }),
  );
});

test.each([
  [0, 40, []],
  [480, 520, [1]],
  [999, 1500, [1, 2, 3]],
])('rows %i to %i need the pages %j beside the first', (first, last, pages) => {
  expect(neededPages(first, last)).toEqual(pages);
});

test('a field of a CSV with comma, quote or line break is quoted', () => {
  expect(
    csvText(
      ['a', 'b'],
      [
        ['x,y', 'say "so"'],
        [1, null],
      ],
    ),
  ).toBe('a,b\r\n"x,y","say ""so"""\r\n1,\r\n');
});

describe('a materialisation in words', () => {
  const progress = {
    ran: 3,
    reused: 2,
    blocked: 1,
    failed: 0,
    steps_total: 9,
    seconds_left: 4,
    batches_done: 1,
    batches_total: 3,
    running: [],
    waiting: [],
  };
  test.each([
    ['running', null, 'The plan is being made.'],
    ['cancelled', null, 'It ended before there was a plan: cancelled.'],
    ['running', progress, '6 of 9 steps: 3 made, 2 reused, 1 blocked, 0 failed.'],
    ['failed', progress, 'Failed: 6 of 9 steps: 3 made, 2 reused, 1 blocked, 0 failed.'],
  ] as const)('%s', (status, known, words) => {
    expect(courseOf(status, known)).toBe(words);
  });

  test.each([
    ['under way', null, 2.5],
    ['over', '2026-01-01T00:00:01Z', 1],
  ])('time %s', (_what, finished_at, expected) => {
    const started_at = '2026-01-01T00:00:00Z';
    expect(elapsedSeconds({ started_at, finished_at }, Date.parse(started_at) + 2500)).toBe(expected);
  });

  test('a browser whose clock is behind sees no negative time', () => {
    expect(
      elapsedSeconds(
        { started_at: '2026-01-01T00:00:09Z', finished_at: null },
        Date.parse('2026-01-01T00:00:00Z'),
      ),
    ).toBe(0);
  });
});
