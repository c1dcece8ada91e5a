/** Nothing is computed twice: stored simulations, the flow of earlier trials, and the finished years of a killed run. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SimulationSpec } from '../../src/simulation/simulator.js';
import { createCompany, setLever, simulateAndTrace, type Company } from './company.js';

let company: Company;
beforeAll(async () => {
  company = await createCompany();
});
afterAll(() => company.remove());

const YEARS = [2025, 2026, 2027, 2028, 2029];
const payOf = (years: readonly number[]) => years.map((year) => `int_pay_year ${year}`);

test('an equal simulation is found, not run', async () => {
  const simulator = company.simulator();
  const first = await simulateAndTrace(simulator, company.spec, 'tables');
  expect(first.summary.reused).toBe(false);
  const again = await simulateAndTrace(company.simulator(), company.spec, 'tables');
  expect(again.ran).toEqual([]);
  const { seconds } = again.summary;
  expect(again.summary).toEqual({ ...first.summary, reused: true, seconds });
  // The time of finding it, not that of the simulation that it found.
  expect(seconds).not.toBe(first.summary.seconds);
});

test.each([
  ['merit in all years', setLever('merit_base', 0.031), YEARS],
  ['cola in 2027', setLever('cola_rate', 0.013, [2027]), [2027, 2028, 2029]],
  ['hire pay in 2029', setLever('new_hire_salary_adjustment', 1.2, [2029]), [2029]],
])('a trial that moves %s runs pay alone, from the first changed year on', async (_, change, years) => {
  const simulator = company.simulator();
  // Levers of its own, so that no stored trial stands in for the first one.
  const base = await company.withLevers(setLever('promotion_raise', 0.17 + years.length / 100));
  await simulator.simulate(base, { keep: 'summary' });
  const { ran } = await simulateAndTrace(simulator, await company.withLevers(change, base), 'summary');
  expect(ran).toEqual(payOf(years));
});

test('seeds in turn keep the workforce of each, and one too many takes the place of the oldest', async () => {
  // A slow machine would find the workforce of the replaced seed as a checkpoint.
  const simulator = company.simulator({ checkpointAfterMs: Number.POSITIVE_INFINITY });
  const withSeed = (spec: SimulationSpec, seed: number) => ({ ...spec, seed });
  const seeds = Array.from({ length: 16 }, (_, index) => 500 + index);
  const base = await company.withLevers(setLever('promotion_raise', 0.19));
  const moved = await company.withLevers(setLever('merit_base', 0.033), base);
  const ofOneYear = { years: { first: 2025, last: 2025 } };
  for (const seed of seeds)
    await simulator.simulate({ ...withSeed(base, seed), ...ofOneYear }, { keep: 'summary' });
  const trace = (seed: number) =>
    simulateAndTrace(simulator, { ...withSeed(moved, seed), ...ofOneYear }, 'summary');
  expect((await trace(seeds[3]!)).ran).toEqual(payOf([2025]));
  expect((await trace(seeds[0]!)).ran).toEqual(payOf([2025]));
  expect((await trace(999)).ran).toContain('int_hires 2025');
  expect((await trace(seeds[1]!)).ran).toContain('int_hires 2025');
  expect((await trace(seeds[4]!)).ran).toEqual(payOf([2025]));
});

test('a promotion probability of 2027 runs the workforce from 2027 on', async () => {
  const simulator = company.simulator();
  await simulator.simulate(await company.withLevers(setLever('merit_base', 0.02)), { keep: 'summary' });
  const spec = await company.withLevers((row) =>
    setLever('promotion_probability', 0.2, [2027])(setLever('merit_base', 0.02)(row)),
  );
  const { ran } = await simulateAndTrace(simulator, spec, 'summary');
  expect(new Set(ran.map((entry) => entry.split(' ')[1]))).toEqual(new Set(['2027', '2028', '2029']));
  expect(ran).toContain('int_promotions 2027');
});

test('trials in any order give what a fresh simulator gives', async () => {
  const simulator = company.simulator();
  const specs = await Promise.all(
    [0.011, 0.09, 0.05].map((value) => company.withLevers(setLever('cola_rate', value, [2026, 2028]))),
  );
  for (const spec of [...specs, ...specs.toReversed()]) await simulator.simulate(spec, { keep: 'summary' });
  const stored = await Promise.all(specs.map((spec) => simulator.simulate(spec, { keep: 'summary' })));
  await rm(path.join(company.config.home, 'trials'), { recursive: true });
  for (const [index, spec] of specs.entries()) {
    const { summary } = await company.simulator().simulate(spec, { keep: 'tables' });
    expect(summary.reused).toBe(false);
    expect(summary.years).toEqual(stored[index]?.summary.years);
  }
});

test('a run cut off after two years goes on with the third', async () => {
  const spec = { ...company.spec, seed: 99 };
  const cut = new AbortController();
  const reason = new Error('cut off');
  const running = company.simulator({ checkpointAfterMs: 0 }).simulate(spec, {
    keep: 'tables',
    signal: cut.signal,
    onProgress: ({ year }) => {
      if (year === 2027) cut.abort(reason);
    },
  });
  await expect(running).rejects.toBe(reason);
  const resumed = await simulateAndTrace(company.simulator(), spec, 'tables');
  const modelsOf = (year: number) => resumed.ran.filter((entry) => entry.endsWith(` ${year}`));
  expect(modelsOf(2025)).toEqual(['int_workforce_year 2025', 'int_pay_year 2025']);
  expect(modelsOf(2026)).toEqual(['int_workforce_year 2026', 'int_pay_year 2026']);
  expect(modelsOf(2027)).toContain('int_hires 2027');
  const undisturbed = await createCompany();
  try {
    const { summary } = await undisturbed
      .simulator()
      .simulate({ ...undisturbed.spec, seed: 99 }, { keep: 'tables' });
    expect(summary.simulation_id).toBe(resumed.summary.simulation_id);
    expect(summary.years).toEqual(resumed.summary.years);
  } finally {
    await undisturbed.remove();
  }
});

test('an aborted simulation leaves no draft and no half file', async () => {
  const cut = new AbortController();
  const spec = { ...company.spec, seed: 100 };
  const running = company.simulator().simulate(spec, {
    keep: 'tables',
    signal: cut.signal,
    onProgress: ({ model }) => {
      if (model.startsWith('writing')) cut.abort(new Error('stop'));
    },
  });
  await expect(running).rejects.toThrow('stop');
  for (const folder of ['simulations', 'checkpoints']) {
    const names = await readdir(path.join(company.config.home, folder)).catch(() => []);
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  }
});
