/** Several targets on the sample company of 5,000 people: real simulations, the real solver, no server. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simulationSpec, type RunSpec } from '../../src/runs/run-spec.js';
import { recordTargets, startTargets } from '../../src/targets/tune-targets.js';
import { withValues } from '../../src/levers/update-parameters.activities.js';
import { PARAMETERS, PARAMETER_NAMES } from '../../src/levers/catalogue.terms.js';
import type { LeverLimit, TargetGoal } from '../../src/targets/targets.contract.js';
import { loadSolver } from '../../src/targets/highs.js';
import type { SolveLp } from '../../src/tuning/several-targets/linear-program.js';
import type { ManyState } from '../../src/tuning/several-targets/state.js';
import { nextManyStep } from '../../src/tuning/several-targets/step.js';
import { summariseMany, type ManySummary } from '../../src/tuning/several-targets/summary.js';
import { createCompany, type Company } from '../simulation/company.js';
import type { Simulator, SimulationSpec } from '../../src/simulation/simulator.js';
import { goal } from '../tuning/several-targets/response.js';

let company: Company;
let simulator: Simulator;
let sample: SimulationSpec;
let solve: SolveLp;
beforeAll(async () => {
  company = await createCompany({ employees: 50 });
  simulator = company.simulator();
  sample = await company.withCensus(path.join(company.config.projectRoot, 'seeds', 'sample_census.parquet'));
  solve = await loadSolver();
});
afterAll(() => company.remove());

interface Tuned extends ManySummary {
  readonly state: ManyState;
}

async function tune(
  goals: readonly TargetGoal[],
  change: Partial<RunSpec> = {},
  limits: LeverLimit[] = [],
): Promise<Tuned> {
  const spec = {
    run_id: 'test',
    started_at: '2026-01-01T00:00:00.000Z',
    target: 2,
    tolerance: 0.1,
    max_iterations: 10,
    strategy: 'balanced',
    target_mode: 'average',
    tune: ['merit_base', 'cola_rate', 'new_hire_salary_adjustment'],
    scenario: 'default',
    years: sample.years,
    seed: sample.seed,
    engine: 'plan',
    census: sample.census,
    lever_set: sample.levers,
    targets: { goals, limits },
    ...change,
  } as unknown as RunSpec;
  const rows = await company.levers.load(spec.lever_set);
  const simulate = async (lever_set: string) => {
    const { summary } = await simulator.simulate(simulationSpec(spec, lever_set), { keep: 'summary' });
    return {
      spec,
      lever_set,
      measurement: {
        growth: summary.mean_growth,
        growth_by_year: {},
        simulation_id: summary.simulation_id,
        seconds: summary.seconds,
      },
    };
  };
  let state = await startTargets({ simulator }, await simulate(spec.lever_set));
  for (let step = nextManyStep(state); step.kind === 'simulate'; step = nextManyStep(state)) {
    const lever_set = await company.levers.save(withValues(rows, step.levers, spec));
    state = await recordTargets({ simulator }, state, await simulate(lever_set), solve);
  }
  return { ...summariseMany(state), state };
}

const growth = (fiscal_year: number, value: number, more: Partial<TargetGoal> = {}) =>
  goal({ fiscal_year, value, ...more });

const payrollCap = (fiscal_year: number, value: number): TargetGoal =>
  goal({ fiscal_year, metric: 'total_compensation_cost', kind: 'cap', value, tolerance: 0 });

const relative = { tolerance: 0.002, tolerance_kind: 'relative' } as const;

test('three targets and a cap converge in few simulations, with levers inside their bounds', async () => {
  const { verdict, simulations, targets, changes, best } = await tune([
    growth(2025, 3),
    growth(2027, 2.5),
    goal({ fiscal_year: 2029, metric: 'level_3_median_salary', value: 165_000, ...relative }),
    payrollCap(2027, 690_000_000),
  ]);
  expect(verdict).toBe('converged');
  expect(simulations).toBeLessThanOrEqual(15);
  expect(targets.map(({ met }) => met)).toEqual([true, true, true, true]);
  expect(targets.map(({ baseline }) => baseline > 5)).toEqual([true, false, true, true]);
  for (const { before, after, bound, parameter_name } of changes) {
    const [low, high] = PARAMETERS[parameter_name].bounds;
    expect(after).toBeGreaterThanOrEqual(Math.min(low, before));
    expect(after).toBeLessThanOrEqual(Math.max(high, before));
    expect(bound).not.toBe('locked');
  }
  // The figures are those of a simulation of the kept levers.
  const summary = await simulator.load(best.simulation_id);
  expect(targets[0]?.final).toBe(summary.years[0]?.growth);
  expect(targets[3]?.final).toBe(summary.years[2]?.payroll);
});

test('ten targets over every kind of metric and all five parameters', async () => {
  const { verdict, simulations, targets } = await tune(
    [
      ...[2025, 2026, 2027, 2028, 2029].map((year) => growth(year, 2)),
      goal({ fiscal_year: 2027, metric: 'median_merit_increase', kind: 'floor', value: 3.2, tolerance: 0 }),
      goal({ fiscal_year: 2026, metric: 'new_hire_average_salary', value: 121_000, ...relative }),
      goal({ fiscal_year: 2028, metric: 'matched_cohort_growth_rate', kind: 'floor', value: 3 }),
      goal({ fiscal_year: 2027, metric: 'promotion_rate', value: 6.5 }),
      goal({ fiscal_year: 2029, metric: 'level_1_median_salary', value: 86_000, ...relative }),
    ],
    { tune: [...PARAMETER_NAMES] },
  );
  expect(targets.filter(({ met }) => !met)).toEqual([]);
  expect({ verdict, few: simulations <= 15 }).toEqual({ verdict: 'converged', few: true });
  expect(targets[5]?.final).toBeGreaterThanOrEqual(3.2);
});

describe('a growth of low priority that a payroll cap forbids, 2025 being frozen and a row locked', () => {
  let result: Tuned;
  beforeAll(async () => {
    const rows = await company.levers.load(sample.levers);
    const lever_set = await company.levers.save(
      rows.map((row) => (isLocked(row) ? { ...row, is_locked: true } : row)),
    );
    const frozen = ['merit_base', 'cola_rate', 'new_hire_salary_adjustment'] as const;
    result = await tune(
      [
        growth(2026, 6, { priority: 'low' }),
        payrollCap(2026, 655_000_000),
        goal({ fiscal_year: 2026, metric: 'headcount', value: 6000, tolerance: 1, priority: 'low' }),
      ],
      { lever_set },
      frozen.map((parameter_name) => ({ parameter_name, years: '2025-2025', frozen: true })),
    );
  });

  const isLocked = (row: { fiscal_year: number; job_level: number; parameter_name: string }): boolean =>
    row.fiscal_year === 2026 && row.job_level === 2 && row.parameter_name === 'merit_base';

  test('is infeasible, and says what gave way, by how much and what a point costs', () => {
    const { verdict, targets, recommendations, iterations } = result;
    expect(verdict).toBe('infeasible');
    expect(iterations.length).toBeGreaterThan(0);
    const [low, cap, headcount] = targets;
    expect(cap).toMatchObject({ met: true, gave_way: false });
    expect(cap?.final).toBeLessThanOrEqual(655_000_000);
    expect(low).toMatchObject({ met: false, gave_way: true });
    expect(low?.gap).toBeGreaterThan(0.5);
    expect(low?.cost_per_point).toBeGreaterThan(1_000_000);
    expect(headcount).toMatchObject({ met: false, gave_way: false, cost_per_point: null });
    expect(recommendations.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TARGET_GAVE_WAY', 'TARGET_NOT_TUNABLE']),
    );
    expect(recommendations.find(({ code }) => code === 'TARGET_GAVE_WAY')?.message).toMatch(
      /^2026 compensation_growth_rate \(6 %, low\): .* gave way by .* pp .*: \$[\d,]+ for 1 pp\.$/,
    );
  });

  test('leaves the cap close to what it allows: no growth is given away', () => {
    expect(result.targets[1]?.final).toBeGreaterThan(654_000_000);
  });

  test('leaves locked rows and the frozen year untouched', () => {
    const held = result.changes.filter((row) => row.fiscal_year === 2025 || isLocked(row));
    expect(held).toHaveLength(16);
    for (const { before, after, bound } of held)
      expect({ after, bound }).toEqual({ after: before, bound: 'locked' });
    expect(result.locked_rows_skipped).toBe(1);
  });

  test('the cost of a point is what simulations show', async () => {
    // Along the smallest change of levers, from the kept ones: half a point of growth more, and its payroll.
    const { state, targets } = result;
    const free = await tune([growth(2026, targets[0]!.final + 0.5, { tolerance: 0.001 })], {
      lever_set: await keptSet(state, result),
    });
    const before = (await simulator.load(result.best.simulation_id)).years;
    const after = (await simulator.load(free.best.simulation_id)).years;
    const paid = after.reduce((sum, { payroll }, index) => sum + payroll - before[index]!.payroll, 0);
    const moved = free.targets[0]!.final - targets[0]!.final;
    const cost = summariseMany(free.state).targets[0]!.cost_per_point!;
    expect(paid / moved / cost).toBeCloseTo(1, 1);
  });
});

/** The kept levers as a set of their own, from which another run starts. */
async function keptSet({ problem }: ManyState, { best }: Tuned): Promise<string> {
  const rows = await company.levers.load(sample.levers);
  expect(best.levers).toHaveLength(problem.levers.length);
  return company.levers.save(
    withValues(rows, best.levers, { scenario: 'default', started_at: '', run_id: 'test' }),
  );
}

test('a target beyond every bound is out of reach, not in conflict', async () => {
  const { verdict, targets, recommendations } = await tune([
    goal({ fiscal_year: 2025, metric: 'level_5_median_salary', value: 900_000, ...relative }),
  ]);
  expect(verdict).toBe('infeasible');
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
  expect(recommendations[0]?.code).toBe('TARGET_OUT_OF_REACH');
});

test('a level that has nobody has no median', async () => {
  const one = await company.withCensus(await censusOfOne());
  const spec = { ...one, levers: sample.levers };
  await expect(
    simulator.measureTargets(spec, [{ metric: 'level_5_median_salary', fiscal_year: 2025 }]),
  ).rejects.toMatchObject({ code: 'TARGET_UNDEFINED', exitCode: 2 });
});

async function censusOfOne(): Promise<string> {
  const file = path.join(company.config.home, 'one.csv');
  await writeFile(file, 'employee_id,birth_date,hire_date,annual_salary\nA1,1980-01-01,2015-01-01,60000\n');
  return file;
}
