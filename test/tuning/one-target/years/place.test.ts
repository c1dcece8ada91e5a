/** The search for one year's place, against points given by hand. */
import { meetingPlace, nextPlace, type YearSearch } from '../../../../src/tuning/one-target/years/place.js';

const none = (): boolean => false;
const at = (places: readonly number[]) => (place: number) => places.includes(place);
const search = (points: readonly (readonly [number, number])[], change: Partial<YearSearch> = {}) => ({
  points: points.map(([place, error]) => ({ place, error })),
  guess: 0.25,
  isMeasured: at(points.map(([place]) => place)),
  ...change,
});

test.each([
  {
    name: 'the guess inside the bracket',
    given: search([
      [0, -1],
      [1, 3],
    ]),
    expected: 0.25,
  },
  {
    name: 'the chord where the guess lies outside',
    given: search(
      [
        [0, -1],
        [1, 3],
      ],
      { guess: -0.4 },
    ),
    expected: 0.25,
  },
  {
    name: 'the chord where the guess is an end',
    given: search(
      [
        [0, -2],
        [1, 2],
      ],
      { guess: 1 },
    ),
    expected: 0.5,
  },
  {
    name: 'the middle where guess and chord were measured',
    given: search(
      [
        [0, -1],
        [1, 3],
      ],
      { isMeasured: at([0, 1, 0.25]) },
    ),
    expected: 0.5,
  },
  {
    name: 'the narrowest bracket',
    given: search(
      [
        [-1, 1],
        [0, -1],
        [0.5, 1],
      ],
      { guess: 0.3 },
    ),
    expected: 0.3,
  },
  {
    name: 'the chord of an even number of points',
    given: search(
      [
        [0, -1],
        [0.1, -1],
        [0.2, -1],
        [0.3, -1],
        [0.4, -1],
        [0.8, 3],
      ],
      { guess: 0.6 },
    ),
    expected: 0.5,
  },
  {
    name: 'the middle of an odd number',
    given: search(
      [
        [0, -1],
        [0.1, -1],
        [0.2, -1],
        [0.4, -1],
        [0.8, 3],
      ],
      { guess: 0.45 },
    ),
    expected: 0.6,
  },
  {
    name: 'a falling response',
    given: search(
      [
        [0, 1],
        [1, -3],
      ],
      { guess: 0.2 },
    ),
    expected: 0.2,
  },
  { name: 'the guess beyond one side', given: search([[0, -1]]), expected: 0.25 },
  { name: 'the high corner for a guess at its end', given: search([[0, -1]], { guess: 1 }), expected: 1 },
  { name: 'the low corner for a guess at its end', given: search([[0, 1]], { guess: -1 }), expected: -1 },
  {
    name: 'the low corner where a guess of 0 is measured and growth too high',
    given: search([[0, 1]], { guess: 0 }),
    expected: -1,
  },
  {
    name: 'the high corner where a guess of 0 is measured and growth too low',
    given: search([[0, -1]], { guess: 0 }),
    expected: 1,
  },
  {
    name: 'the other corner when the first did not help',
    given: search(
      [
        [0, -1],
        [1, -0.5],
      ],
      { guess: 1 },
    ),
    expected: -1,
  },
  {
    name: 'a corner after three guesses on one side',
    given: search([
      [0, -4],
      [0.1, -3],
      [0.2, -2],
      [0.3, -1],
    ]),
    expected: 1,
  },
  {
    name: 'points in any order',
    given: search([
      [1, 3],
      [0, -1],
    ]),
    expected: 0.25,
  },
  {
    name: 'the narrower of two brackets, the first',
    given: search(
      [
        [-0.2, 1],
        [0, -1],
        [1, 1],
      ],
      { guess: -0.1 },
    ),
    expected: -0.1,
  },
  {
    name: 'the narrower of two brackets, the second',
    given: search(
      [
        [-1, 1],
        [0.4, -1],
        [1, 1],
      ],
      { guess: 0.7 },
    ),
    expected: 0.7,
  },
  {
    name: 'the guess with four points',
    given: search(
      [
        [0, -1],
        [0.1, -1],
        [0.2, -1],
        [0.8, 3],
      ],
      { guess: 0.5 },
    ),
    expected: 0.5,
  },
  {
    name: 'the guess with three points on one side',
    given: search(
      [
        [0, -3],
        [0.1, -2],
        [0.2, -1],
      ],
      { guess: 0.5 },
    ),
    expected: 0.5,
  },
  {
    name: 'no end of the bracket for a guess at its right',
    given: search(
      [
        [0, -2],
        [1, 2],
      ],
      { guess: 1, isMeasured: none },
    ),
    expected: 0.5,
  },
  {
    name: 'no end of the bracket for a guess at its left',
    given: search(
      [
        [0, -2],
        [1, 2],
      ],
      { guess: 0, isMeasured: none },
    ),
    expected: 0.5,
  },
  { name: 'the corner on the side of a guess that was measured', given: search([[0.25, 1]]), expected: 1 },
] as const)('$name', ({ given, expected }) => {
  expect(nextPlace(given)).toBeCloseTo(expected, 12);
});

test('a year with both corners on one side of the target is unreachable', () => {
  expect(
    nextPlace(
      search(
        [
          [0, -1],
          [1, -0.5],
          [-1, -2],
        ],
        { guess: 1 },
      ),
    ),
  ).toBe('unreachable');
});

test('a jump between neighbouring values is stuck', () => {
  expect(
    nextPlace(
      search(
        [
          [0, -1],
          [1, 3],
        ],
        { isMeasured: () => true },
      ),
    ),
  ).toBe('stuck');
});

test('a point on the target counts as beyond it', () => {
  expect(
    nextPlace(
      search(
        [
          [0, -1],
          [1, 0],
        ],
        { guess: 0.7, isMeasured: none },
      ),
    ),
  ).toBe(0.7);
});

test.each([
  { name: 'rising', growth: (x: number) => 3 + 4 * x, target: 4, expected: 0.25 },
  { name: 'falling', growth: (x: number) => 3 - 4 * x, target: 4, expected: -0.25 },
  { name: 'beyond the high end', growth: (x: number) => 3 + x, target: 9, expected: 1 },
  { name: 'beyond the low end', growth: (x: number) => 3 + x, target: -9, expected: -1 },
  { name: 'beyond the end of a falling one', growth: (x: number) => 3 - x, target: 9, expected: -1 },
  { name: 'kinked today', growth: (x: number) => (x < 0 ? 8 * x : x), target: -2, expected: -0.25 },
])('a $name response meets $target at $expected', ({ growth, target, expected }) => {
  expect(meetingPlace(growth, target)).toBeCloseTo(expected, 9);
});
