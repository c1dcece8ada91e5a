/** Laws of planning on random graphs and random changes, against an oracle that works each step out by itself. */
import fc from 'fast-check';
import type { LatestState } from '../../../src/assets/graph/catalog-port.js';
import { stepId } from '../../../src/assets/graph/steps.js';
import { randomSpecs } from './random-graph.js';
import { World } from './world.js';

type Change = (world: World) => void;

const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)];

const change: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.nat(), fc.nat(3))
  .map(([which, value, what]) => (world) => {
    if (what < 2) {
      // A suffix behind # changes the version, and not what is made of it.
      const source = pick([...world.sources.keys()], which);
      if (source !== undefined) world.sources.set(source, what === 0 ? `data ${value}` : `data #${value}`);
      return;
    }
    const spec = pick([...world.specs.values()], which);
    if (spec !== undefined)
      world.specs.set(spec.key, { ...spec, codeVersion: `v${what === 2 ? value : `1#${value}`}` });
  });

const byStep = (states: readonly LatestState[]) =>
  new Map(states.map((state) => [stepId(state.asset, state.partition), state.materialization]));

test('a run makes exactly what its code or inputs ask for, and the next plan makes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomSpecs(true),
      fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }),
      async (specs, script) => {
        const world = new World(specs);
        for (const changes of [[], ...script]) {
          for (const apply of changes) apply(world);
          const before = byStep(await world.latest());
          const planned = await world.plan();
          const { ran, blocked } = await world.materialize();
          const after = byStep(await world.latest());
          expect(blocked).toEqual([]);

          // The oracle: a step runs if and only if it was never made, or its code or the version of an input is another.
          const due = planned
            .filter(({ id, key, inputs }) => {
              const made = before.get(id);
              const versions = inputs.map(
                (input) => world.sources.get(input.id) ?? after.get(input.id)?.data_version,
              );
              return (
                made == null ||
                made.code_version !== world.specs.get(key)?.codeVersion ||
                JSON.stringify(versions) !==
                  JSON.stringify(made.inputs.map(({ data_version }) => data_version))
              );
            })
            .map(({ id }) => id);
          expect(ran.toSorted()).toEqual(due.toSorted());
          const promised = new Set(planned.filter(({ action }) => action === 'run').map(({ id }) => id));
          expect(ran.filter((id) => !promised.has(id))).toEqual([]);
          expect((await world.plan()).filter(({ action }) => action !== 'reuse')).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('where equal inputs give equal data, the plan says exactly what will run', async () => {
  await fc.assert(
    fc.asyncProperty(randomSpecs(true), fc.array(change, { maxLength: 3 }), async (specs, changes) => {
      const world = new World(specs.map((spec) => ({ ...spec, versioning: 'fingerprint' })));
      await world.materialize();
      for (const apply of changes) apply(world);
      const planned = (await world.plan()).filter(({ action }) => action === 'run');
      expect((await world.materialize()).ran.toSorted()).toEqual(planned.map(({ id }) => id).toSorted());
    }),
    { numRuns: 60 },
  );
});
