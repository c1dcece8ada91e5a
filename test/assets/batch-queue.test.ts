/** What begins when: order, pools, places, and which batches share an activity. */
import fc from 'fast-check';
import type { BatchOutline } from '../../src/assets/materialize.activities.js';
import { BatchQueue } from '../../src/assets/batch-queue.workflow.js';

const batch = (label: string, given: Partial<BatchOutline> = {}): BatchOutline => ({
  label,
  runsAs: 'activity',
  after: [],
  pool: null,
  steps: 1,
  lastSeconds: null,
  ...given,
});
const many = (count: number, given: (index: number) => Partial<BatchOutline>): BatchOutline[] =>
  Array.from({ length: count }, (_, index) => batch(`a${index}`, given(index)));

test('light batches share an activity: a fair share of those ready, and what they make ready', () => {
  const chains = many(8, (index) => ({ lastSeconds: 0.01, after: index < 4 ? [] : [index - 4] }));
  expect(new BatchQueue(chains, 2, []).take()).toEqual([
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ]);
});

test.each<[string, (index: number) => Partial<BatchOutline>, number[]]>([
  ['a heavy one', () => ({ lastSeconds: 0.2 }), [1, 1]],
  ['one of which nothing is known', () => ({}), [1, 1]],
  ['one that is a workflow', () => ({ lastSeconds: 0, runsAs: 'workflow' }), [1, 1]],
  ['one of a pool', () => ({ lastSeconds: 0, pool: 'disk' }), [1]],
  ['more than half a second', () => ({ lastSeconds: 0.1 }), [5, 5]],
  ['more than a hundred', () => ({ lastSeconds: 0 }), [100, 100]],
])('no activity is shared by %s', (_, given, sizes) => {
  expect(new BatchQueue(many(300, given), 2, []).take().map(({ length }) => length)).toEqual(sizes);
});

test('after sixteen light ones in a row unknown ones share, eight at most, until one is not light', () => {
  const queue = new BatchQueue(
    many(60, () => ({})),
    1,
    [],
  );
  const sizes: number[] = [];
  for (let round = 0; round < 19; round += 1) {
    const [load = []] = queue.take();
    sizes.push(load.length);
    queue.finish(load);
    queue.learn(load.length, round === 17 ? 3 : 0.01);
  }
  expect(sizes).toEqual([...Array.from({ length: 16 }, () => 1), 8, 8, 1]);
});

test('what is left of a load begins again once what it needs is done, and alone where that was said', () => {
  const queue = new BatchQueue(
    [
      batch('a', { lastSeconds: 0 }),
      batch('b', { lastSeconds: 0, after: [0] }),
      batch('c', { lastSeconds: 0, after: [1] }),
    ],
    8,
    [],
  );
  const [load = []] = queue.take();
  expect(load).toEqual([0, 1, 2]);
  expect(queue.running(() => true)).toEqual(['a and 2 more']);
  queue.makeAlone(1);
  queue.finish(load, [1, 2]);
  expect(queue.alone).toEqual([1]);
  expect(queue.take()).toEqual([[1]]);
  queue.finish([1]);
  expect(queue.take()).toEqual([[2]]);
  queue.finish([2]);
  expect([queue.isDone, queue.done]).toEqual([true, [0, 1, 2]]);
});

const batches = fc
  .array(
    fc.record({
      back: fc.array(fc.nat(20), { maxLength: 3 }),
      lastSeconds: fc.constantFrom(null, 0, 0.05, 2),
      pool: fc.constantFrom(null, null, null, 'disk'),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map(({ back, lastSeconds, pool }, index) =>
      batch(`a${index}`, {
        lastSeconds,
        pool,
        after: [
          ...new Set(back.filter((steps) => steps > 0 && steps <= index).map((steps) => index - steps)),
        ],
      }),
    ),
  );

test('whatever fails and is given back: everything once, after what it needs, one of a pool, within the places', () => {
  fc.assert(
    fc.property(
      batches,
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.nat(5)),
      (outline, places, chance) => {
        const queue = new BatchQueue(outline, places, []);
        const next = () => chance.next().value ?? 0;
        const running: (readonly number[])[] = [];
        const done = new Set<number>();
        for (let turn = 0; turn < 1000 && !queue.isDone; turn += 1) {
          running.push(...queue.take());
          expect(running.length).toBeGreaterThan(0);
          expect(running.length).toBeLessThanOrEqual(places);
          expect(running.flat().filter((index) => outline[index]?.pool === 'disk').length).toBeLessThan(2);
          const [load = []] = running.splice(next() % running.length, 1);
          // A load of one is always made; of another everything from some place on may be given back.
          const left = load.length === 1 ? [] : load.slice(load.length - (next() % load.length));
          for (const index of load.slice(0, load.length - left.length)) {
            expect(done.has(index)).toBe(false);
            for (const needed of outline[index]?.after ?? []) expect(done.has(needed)).toBe(true);
            done.add(index);
          }
          for (const index of left) if (next() === 0) queue.makeAlone(index);
          queue.finish(load, left);
          queue.learn(load.length - left.length, 0.01);
        }
        expect(done.size).toBe(outline.length);
      },
    ),
  );
});
