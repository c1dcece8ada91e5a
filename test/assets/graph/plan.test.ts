import { defineAsset, dep } from '../../../src/assets/graph/asset.js';
import { previous } from '../../../src/assets/graph/mapping.js';
import { years } from '../../../src/assets/graph/partitions.js';
import type { PlannedStep } from '../../../src/assets/graph/plan.js';
import { World } from './world.js';

/** source → clean → workforce (reads itself of the year before) → report; levers (by year) → workforce */
const world = (): World =>
  new World([
    defineAsset({ key: 'source', external: true }),
    defineAsset({ key: 'levers', external: true, partitions: years(2025, 2029) }),
    defineAsset({ key: 'clean', deps: ['source'], codeVersion: 'v1', checks: [{ name: 'no_nulls' }] }),
    defineAsset({
      key: 'workforce',
      deps: ['clean', 'levers', dep('workforce', previous())],
      partitions: years(2025, 2029),
      versioning: 'fingerprint',
    }),
    defineAsset({ key: 'report', deps: ['workforce'] }),
  ]);

const lines = (steps: readonly PlannedStep[]) =>
  steps.map(({ id, action, reasons }) => `${id} ${action}: ${reasons.join(', ')}`);

test('what was never made runs, and then nothing does, with a reason for each', async () => {
  const it = world();
  expect((await it.materialize()).ran).toHaveLength(7);
  expect(lines(await it.plan())).toEqual(
    ['clean', ...[2025, 2026, 2027, 2028, 2029].map((year) => `workforce[${year}]`), 'report'].map(
      (id) => `${id} reuse: nothing changed`,
    ),
  );
});

test('a changed input of one year reaches that year and those after it', async () => {
  const it = world();
  await it.materialize();
  it.sources.set('levers[2027]', 'other');
  expect(lines(await it.plan())).toEqual([
    'clean reuse: nothing changed',
    'workforce[2025] reuse: nothing changed',
    'workforce[2026] reuse: nothing changed',
    'workforce[2027] run: input levers changed (partition 2027)',
    'workforce[2028] run: input workforce changed (partition 2027)',
    'workforce[2029] run: input workforce changed (partition 2028)',
    'report run: input workforce changed (partitions 2027, 2028, 2029)',
  ]);
  expect((await it.materialize()).ran).toEqual([
    'workforce[2027]',
    'workforce[2028]',
    'workforce[2029]',
    'report',
  ]);
});

test('what comes out the same stops there: nothing downstream runs', async () => {
  const it = world();
  await it.materialize();
  it.sources.set('source', 'source at first#reordered');
  expect(lines(await it.plan()).slice(0, 2)).toEqual([
    'clean run: input source changed',
    'workforce[2025] run: input clean runs',
  ]);
  expect((await it.materialize()).ran).toEqual(['clean']);
});

test('changed code names its asset', async () => {
  const it = world();
  await it.materialize();
  it.specs.set('clean', defineAsset({ key: 'clean', deps: ['source'], codeVersion: 'v2' }));
  expect(lines(await it.plan(['clean']))).toEqual(['clean run: code of clean changed']);
});

test('a failed check blocks what is downstream, and is a reason to make its own asset again', async () => {
  const it = world();
  it.failing.add('clean no_nulls');
  const { ran, blocked } = await it.materialize();
  expect([ran, blocked.length]).toEqual([['clean'], 6]);
  expect(lines(await it.plan()).slice(0, 2)).toEqual([
    'clean run: check no_nulls failed',
    'workforce[2025] run: never made',
  ]);
  expect(lines(await it.plan(['workforce', 'report'])).slice(0, 2)).toEqual([
    'workforce[2025] blocked: check no_nulls of clean failed',
    'workforce[2026] blocked: check no_nulls of clean failed, input workforce[2025] is blocked',
  ]);
  it.failing.clear();
  expect((await it.materialize()).ran).toHaveLength(7);
});

test('a check that fails in one partition blocks the readers of that partition alone', async () => {
  const of = years(2025, 2027);
  const it = new World([
    defineAsset({ key: 'pay', partitions: of, checks: [{ name: 'fits' }] }),
    defineAsset({ key: 'report', partitions: of, deps: ['pay'] }),
  ]);
  it.failing.add('pay[2026] fits');
  const { ran, blocked } = await it.materialize();
  expect(ran.toSorted()).toEqual(['pay[2025]', 'pay[2026]', 'pay[2027]', 'report[2025]', 'report[2027]']);
  expect(blocked).toEqual(['report[2026]']);
});

test('a check that blocks named assets only lets the others pass', async () => {
  const it = new World([
    defineAsset({
      key: 'a',
      checks: [
        { name: 'fits', blocks: ['strict'] },
        { name: 'neat', severity: 'warn' },
      ],
    }),
    defineAsset({ key: 'strict', deps: ['a'] }),
    defineAsset({ key: 'lenient', deps: ['a'] }),
  ]);
  it.failing.add('a fits').add('a neat');
  expect(await it.materialize()).toEqual({ ran: ['a', 'lenient'], blocked: ['strict'] });
});

test('an input outside of the selection that was never made blocks', async () => {
  expect(lines(await world().plan(['report']))).toEqual([
    'report blocked: input workforce[2025] was never made, input workforce[2026] was never made, input workforce[2027] was never made, input workforce[2028] was never made, input workforce[2029] was never made',
  ]);
});

test('force runs what is selected, and only that', async () => {
  const it = world();
  await it.materialize();
  expect((await it.materialize(['workforce'], true)).ran).toHaveLength(5);
  expect((await it.materialize(['clean'], true)).ran).toEqual(['clean']);
});

test('a computation that makes all or nothing is planned whole', async () => {
  const both = { name: 'both', subset: false };
  const it = new World([
    defineAsset({ key: 'source', external: true }),
    defineAsset({ key: 'left', deps: ['source'], computation: both }),
    defineAsset({ key: 'right', computation: both }),
    defineAsset({ key: 'after', deps: ['right'] }),
  ]);
  await it.materialize();
  it.sources.set('source', 'other');
  expect(lines(await it.plan(['left', 'after']))).toEqual([
    'left run: input source changed',
    'right run: made together with left',
    'after run: input right runs',
  ]);
});
