/** The range that an infeasible run states, against corners of its bounds that are drawn and simulated without the tuner. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { problemOf, simulateValues, tune, type Goal } from '../../bench/tuning/trials.js';
import { roundLever, type ParameterName } from '../../src/levers/catalogue.terms.js';
import type { DetailedStatus } from '../../src/runs/request.contract.js';
import { summarise } from '../../src/tuning/one-target/summary.js';
import type { TunableLever } from '../../src/tuning/problem.js';
import type { Simulator } from '../../src/simulation/simulator.js';
import { createCompany, type Company } from '../simulation/company.js';

const PAY: readonly ParameterName[] = ['merit_base', 'cola_rate', 'new_hire_salary_adjustment'];
const ACTIVES: readonly DetailedStatus[] = ['continuous_active', 'new_hire_active'];
/** Drawn corners, each improved by turning one lever of one year at a time, to its bounds and between. */
const STARTS = 2;

let company: Company;
let simulator: Simulator;
beforeAll(async () => {
  company = await createCompany({ employees: 250, seed: 11 });
  simulator = company.simulator();
});
afterAll(() => company.remove());

const trials = () => ({ simulator, levers: company.levers, spec: company.spec });

/** Reproducible and good enough to choose sides. */
function coin(seed: number): () => boolean {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) % 2 === 1;
}

const groupOf = ({ parameter_name, fiscal_year }: TunableLever) => `${parameter_name} ${fiscal_year}`;

const PLACES = [0, 0.5, 1] as const;

async function bruteForce(goal: Goal, levers: readonly TunableLever[]): Promise<[number, number]> {
  const groups = [...new Set(levers.map(groupOf))];
  const growthAt = async (places: ReadonlyMap<string, number>): Promise<number> => {
    const values = levers.map((lever) => {
      const value = roundLever(lever.low + places.get(groupOf(lever))! * (lever.high - lever.low));
      return { ...lever, value };
    });
    return (await simulateValues(trials(), goal, values)).growth;
  };
  let [low, high] = [Infinity, -Infinity];
  // So few that every corner can be simulated.
  if (groups.length <= 5)
    for (let corner = 0; corner < 2 ** groups.length; corner += 1) {
      const growth = await growthAt(new Map(groups.map((group, index) => [group, (corner >> index) & 1])));
      [low, high] = [Math.min(low, growth), Math.max(high, growth)];
    }
  for (let start = 0; start < STARTS; start += 1) {
    const toss = coin(start + 17);
    let places = new Map<string, number>(groups.map((group) => [group, toss() ? 1 : 0]));
    const direction = start % 2 === 0 ? 1 : -1;
    let best = await growthAt(places);
    for (const group of groups)
      for (const place of PLACES.filter((each) => each !== places.get(group))) {
        const turned = new Map([...places, [group, place]]);
        const growth = await growthAt(turned);
        [low, high] = [Math.min(low, growth), Math.max(high, growth)];
        if (direction * (growth - best) > 0) [places, best] = [turned, growth];
      }
    [low, high] = [Math.min(low, best), Math.max(high, best)];
  }
  return [low, high];
}

const GOALS: readonly [string, Goal][] = [
  ['final year, all active', { target_mode: 'final-year', metric: 'mean', statuses: ACTIVES, tune: PAY }],
  [
    'average, hires alone',
    {
      target_mode: 'average',
      metric: 'mean',
      statuses: ['new_hire_active'],
      tune: ['new_hire_salary_adjustment'],
    },
  ],
  [
    'final year, stayers, promotion levers',
    {
      target_mode: 'final-year',
      metric: 'mean',
      statuses: ['continuous_active'],
      tune: ['promotion_raise', 'new_hire_salary_adjustment'],
    },
  ],
  ['final year, payroll', { target_mode: 'final-year', metric: 'payroll', statuses: ACTIVES, tune: PAY }],
];

const ASKED = { tolerance: 0.05, max_iterations: 20, strategy: 'balanced' } as const;
const UNREACHABLE = 500;

test.each(GOALS)(
  '%s: nothing simulated lies outside of the stated range, and its inside is met',
  async (_, goal) => {
    const problem = await problemOf(trials(), goal, { ...ASKED, target: UNREACHABLE });
    const { state } = await tune(trials(), goal, problem);
    const { verdict, attainable_growth, attainable_search } = summarise(state);
    expect([verdict, attainable_search]).toEqual(['infeasible', 'box']);
    const [low, high] = attainable_growth!;
    const [lowest, highest] = await bruteForce(goal, problem.levers);
    expect(lowest).toBeGreaterThanOrEqual(low - ASKED.tolerance);
    expect(highest).toBeLessThanOrEqual(high + ASKED.tolerance);
    for (const share of [0.03, 0.97]) {
      const target = low + share * (high - low);
      const met = await tune(trials(), goal, await problemOf(trials(), goal, { ...ASKED, target }));
      const { verdict: found, final_growth } = summarise(met.state);
      expect([found, Math.abs(final_growth - target) <= ASKED.tolerance]).toEqual(['converged', true]);
    }
  },
  300_000,
);
