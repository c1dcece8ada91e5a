/** One batch as a worker makes it: what an interrupted attempt has recorded is not made again, and failures are told apart. */
import { executeBatch, recordFailure } from '../../src/assets/execute-batch.js';
import { hash } from '../../src/assets/record-steps.js';
import { failure } from '../../src/shared/errors/errors.js';
import { defineAsset } from '../../src/assets/graph/asset.js';
import { resolvePlan, type ResolvedPlan } from '../../src/assets/graph/resolved-plan.js';
import { createMemoryCatalog } from './graph/memory-catalog.js';
import { countableHost, type CountableHost } from './countable-host.js';

const together = { name: 'all', partitions: 'together' } as const;
const options = { signal: new AbortController().signal, now: () => new Date() };

async function hostAndPlan(): Promise<{
  host: CountableHost;
  plan: (run: string, force?: boolean) => Promise<ResolvedPlan>;
}> {
  const specs = ['a', 'b', 'c'].map((key, n) =>
    defineAsset({ key, computation: together, deps: n === 0 ? [] : ['a'], checks: [{ name: 'fits' }] }),
  );
  const host = countableHost(specs, createMemoryCatalog());
  return {
    host,
    plan: async (run, force = false) => {
      const { graph, world } = await host.describe({});
      const latest = await host.catalog.latest();
      return resolvePlan(
        graph,
        { ...world, latest },
        { keys: ['a', 'b', 'c'], config: {}, force, run },
        hash,
      );
    },
  };
}

test('an attempt that died is gone on with: forced or not, what it recorded is not made again', async () => {
  const { host, plan } = await hostAndPlan();
  await executeBatch(host, await plan('first'), 0, options);
  const forced = await plan('second', true);
  host.onStep = async (id) => {
    if (id === 'c') throw failure('UNEXPECTED', { detail: 'killed' });
  };
  await expect(executeBatch(host, forced, 0, options)).rejects.toThrow('killed');
  host.onStep = async () => {};
  expect(await executeBatch(host, forced, 0, options)).toMatchObject({ ran: 1, reused: 2 });
  expect(await executeBatch(host, forced, 0, options)).toMatchObject({ ran: 0, reused: 3 });
  expect(host.made).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('what failed is failed, what reads it is blocked, and the rest says that it was never come to', async () => {
  const { host, plan } = await hostAndPlan();
  const first = await plan('first');
  const error = failure('ASSETS_NOT_MADE', { assets: ['a'], detail: 'no disk' });
  expect(await recordFailure(host, first, 0, error, options.now)).toEqual({
    failed: 1,
    blocked: 2,
    blockedBecause: ['b is blocked: input a failed', 'c is blocked: input a failed'],
  });
  const attempts = (await host.catalog.latest()).map(({ asset, attempt }) => [asset, attempt?.kind]);
  expect(attempts).toEqual([
    ['a', 'failed'],
    ['b', 'blocked'],
    ['c', 'blocked'],
  ]);
});

test('a computation that leaves out what its own failed check stops owes nothing; one that leaves out more does', async () => {
  const { host, plan } = await hostAndPlan();
  const first = await plan('first');
  const makeA: CountableHost['compute'][string] = ({ record }) =>
    record([
      {
        step: 'a',
        seconds: 0,
        metadata: {},
        checks: [{ name: 'fits', passed: false, seconds: 0, metadata: {} }],
      },
    ]);
  const partly = { ...host, compute: { all: makeA } };
  expect(await executeBatch(partly, first, 0, options)).toEqual({
    ran: 1,
    reused: 0,
    blocked: 2,
    blockedBecause: ['b is blocked: check fits of a failed', 'c is blocked: check fits of a failed'],
    seconds: expect.any(Number),
    failedChecks: ['a fits'],
  });
  const lazy = { ...host, compute: { all: async () => {} } };
  await expect(executeBatch(lazy, await plan('second', true), 0, options)).rejects.toThrow(
    'left out without a reason',
  );
  await expect(executeBatch({ ...host, compute: {} }, await plan('third'), 0, options)).rejects.toThrow(
    'no computation all',
  );
});
