/** Laws of the Pareto front, against its definition. */
import fc from 'fast-check';
import { dominates, paretoFront, type Tradeoff } from '../../src/grids/pareto.pure.js';

/** Few values, so that ties and equals are common. */
const tradeoff = fc.record({
  group: fc.constantFrom('42', '43'),
  benefit: fc.integer({ min: 0, max: 5 }),
  cost: fc.integer({ min: 0, max: 5 }),
});
const tradeoffs = fc.array(tradeoff, { maxLength: 30 });

const law = (check: (items: Tradeoff[]) => void): void =>
  fc.assert(fc.property(tradeoffs, check), { numRuns: 500 });

test('no member is dominated', () => {
  law((items) => {
    for (const member of paretoFront(items))
      expect(items.filter((other) => dominates(other, member))).toEqual([]);
  });
});

test('everything outside is dominated by a member', () => {
  law((items) => {
    const front = paretoFront(items);
    const outside = items.filter((item) => !front.includes(item));
    for (const item of outside) expect(front.some((member) => dominates(member, item))).toBe(true);
  });
});

test('members come in the order of the items, each once', () => {
  law((items) => {
    const front = paretoFront(items);
    expect(front).toEqual(items.filter((item) => front.includes(item)));
  });
});

test('the front of the front is the front', () => {
  law((items) => {
    const front = paretoFront(items);
    expect(paretoFront(front)).toEqual(front);
  });
});

test('equals stand on the front together or not at all', () => {
  law((items) => {
    const front = new Set(paretoFront(items));
    const keyOf = ({ group, benefit, cost }: Tradeoff): string => `${group} ${benefit} ${cost}`;
    const keys = new Set([...front].map(keyOf));
    expect(items.filter((item) => keys.has(keyOf(item)) && !front.has(item))).toEqual([]);
  });
});

test('a group does not change the front of another', () => {
  law((items) => {
    const ofGroup = (list: readonly Tradeoff[]): Tradeoff[] => list.filter(({ group }) => group === '42');
    expect(paretoFront(ofGroup(items))).toEqual(ofGroup(paretoFront(items)));
  });
});

test('the order of the items does not matter', () => {
  const shuffled = tradeoffs.chain((items) =>
    fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
  );
  fc.assert(
    fc.property(shuffled, ([items, others]) => {
      const front = new Set(paretoFront(items));
      expect(paretoFront(others)).toEqual(others.filter((item) => front.has(item)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['nothing has no front', [], []],
  ['one alone is the front', [[1, 1]], [0]],
  [
    'more benefit for less cost leaves nothing beside it',
    [
      [1, 2],
      [2, 1],
    ],
    [1],
  ],
  [
    'more benefit for more cost: both',
    [
      [1, 1],
      [2, 2],
    ],
    [0, 1],
  ],
  [
    'as much benefit for more cost',
    [
      [2, 3],
      [2, 2],
    ],
    [1],
  ],
  [
    'more benefit for as much cost',
    [
      [2, 2],
      [3, 2],
    ],
    [1],
  ],
  [
    'equals',
    [
      [2, 2],
      [2, 2],
    ],
    [0, 1],
  ],
  [
    'a negative growth counts like any',
    [
      [-2, 1],
      [-1, 2],
      [-3, 2],
    ],
    [0, 1],
  ],
] as const)('%s', (_, points, places) => {
  const items = points.map(([benefit, cost]) => ({ group: 1, benefit, cost }));
  expect(paretoFront(items)).toEqual(places.map((place) => items[place]));
});
