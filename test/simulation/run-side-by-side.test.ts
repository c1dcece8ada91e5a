/** Models run when what they read is done, and a failure leaves nothing running. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { PlanModel } from '../../src/simulation/model/plan.js';
import { runSideBySide } from '../../src/simulation/engine/all-done.js';

const model = (name: string, ...refs: string[]) => ({ name, refs }) as unknown as PlanModel;

/** Random graphs in dependency order: each model reads some of those before it, and perhaps a seed. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), { maxLength: 10 })
  .map((reads) =>
    reads.map((read, index) =>
      model(`m${index}`, 'a_seed', ...read.filter((other) => other < index).map((other) => `m${other}`)),
    ),
  );

test('each model runs once, after all that it reads', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.infiniteStream(fc.nat({ max: 3 })), async (models, delays) => {
      const done: string[] = [];
      await runSideBySide(models, async ({ name, refs }) => {
        expect([...done, 'a_seed']).toEqual(expect.arrayContaining([...refs]));
        await sleep(delays.next().value);
        done.push(name);
      });
      expect(done.toSorted()).toEqual(models.map(({ name }) => name).toSorted());
    }),
    { numRuns: 50 },
  );
});

test('models that do not read each other run at the same time', async () => {
  let running = 0;
  let most = 0;
  await runSideBySide([model('a'), model('b'), model('c', 'a', 'b')], async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
  });
  expect(most).toBe(2);
});

test('the first failure is thrown once nothing runs any more, and its readers never start', async () => {
  const started: string[] = [];
  let isLateDone = false;
  const run = runSideBySide([model('fails'), model('late'), model('reader', 'fails')], async ({ name }) => {
    started.push(name);
    if (name === 'fails') throw new Error('no');
    await sleep(20);
    isLateDone = true;
  });
  await expect(run).rejects.toThrow('no');
  expect(isLateDone).toBe(true);
  expect(started).toEqual(['fails', 'late']);
});
