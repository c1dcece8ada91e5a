/** The product's own graph on a small company: what a change makes run, and what it leaves alone. Real dbt plan, real engine. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { recordFailedRun } from '../../src/assets/product/record-direct.js';
import { createRunStore } from '../../src/runs/run-store.js';
import { createProductHost } from '../../src/assets/product/product-host.js';
import type { AssetHost } from '../../src/assets/host.js';
import { planRun } from '../../src/assets/plan-run.js';
import { createCatalog } from '../../src/assets/catalog/catalog.js';
import { generateCensus } from '../../src/census/generate.js';
import type { Config } from '../../src/config.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import type { SimulationSpec, Simulator } from '../../src/simulation/simulator.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import { storedCheck } from '../../src/simulation/provenance.contract.js';
import { copyProject } from '../failures/project-copy.js';
import { createMemoryCatalog } from './graph/memory-catalog.js';
import { createCompany, setLever, type Company } from '../simulation/company.js';
import { materialize, planOf, running } from './run-plan.js';

const SIMULATION = 'not group:optimization';

let company: Company;
let simulator: Simulator;
let catalog: AssetCatalog;

const hostOf = (spec: SimulationSpec, config: Config = company.config, engine = simulator): AssetHost =>
  createProductHost({ config, simulator: engine, catalog, resolveInputs: async () => ({ spec }) });

beforeAll(async () => {
  company = await createCompany({ employees: 300 });
  simulator = company.simulator();
  catalog = createMemoryCatalog();
  const { errors } = await materialize(hostOf(company.spec), 'first', SIMULATION);
  if (errors[0] !== undefined) throw errors[0];
});
afterAll(() => company.remove());

test('one simulation made every model and year, with data versions and the verdict of every invariant', async () => {
  const states = await catalog.latest(['int_pay_year', 'fct_compensation_growth']);
  const pay = states.filter(({ asset }) => asset === 'int_pay_year');
  expect(new Set(pay.map(({ partition }) => partition))).toEqual(
    new Set(['2025', '2026', '2027', '2028', '2029']),
  );
  const { graph } = await hostOf(company.spec).describe({});
  const declared = [...graph.assets.values()].flatMap(({ checks }) => checks.map(({ name }) => name));
  const made = await catalog.latest();
  const evaluated = new Set(made.flatMap(({ checks }) => checks.map(({ check }) => check)));
  expect(declared.filter((name) => !evaluated.has(name) && !name.startsWith('validate_'))).toEqual([]);
  expect(made.flatMap(({ checks }) => checks.filter(({ passed }) => !passed))).toEqual([]);
});

test('a verdict says of a check that was not asked what it follows from, and counts nothing', async () => {
  const { checks: planned } = await compilePlan(company.config);
  const proofOf = new Map(planned.map(({ name, proof }) => [name, proof]));
  const verdicts = (await catalog.latest()).flatMap(({ checks }) => checks);
  const unasked = verdicts.filter(({ check }) => proofOf.get(check) === 'follows');
  expect(new Set(unasked.map(({ check }) => check)).size).toBe(11);
  for (const { metadata } of unasked)
    expect(metadata).toEqual({
      follows_from: {
        kind: 'text',
        value: 'CH-1, CH-2, CH-3, CH-4, CH-5, CH-6, CH-7, CH-8, CH-9, ID-3, RE-1, RE-2, RE-3',
      },
    });
  for (const { check, metadata } of verdicts.filter((verdict) => !unasked.includes(verdict)))
    expect({ check, metadata }).toEqual({ check, metadata: { violations: { kind: 'integer', value: 0 } } });
});

test.each([
  ['hc_1_headcount_bridge', 'headcount_bridge'],
  ['headcount_bridge', 'headcount_bridge'],
  ['int_pay_year_pay_holds', 'int_pay_year_pay_holds'],
])('the stored check %s is %s', (name, now) => {
  expect(storedCheck.parse({ name, violations: 0, seconds: 0 }).name).toBe(now);
});

test('a second materialisation runs no asset and says why', async () => {
  const plan = await planOf(hostOf(company.spec), SIMULATION);
  expect(plan.length).toBeGreaterThan(80);
  expect(running(plan)).toEqual([]);
  expect(new Set(plan.flatMap(({ reasons }) => reasons))).toEqual(new Set(['nothing changed']));
});

test('one lever of 2027 makes pay run from 2027 on; nothing of who is there, and no earlier year', async () => {
  const host = hostOf(await company.withLevers(setLever('merit_base', 0.0412, [2027])));
  const plan = await planOf(host, SIMULATION);
  const runs = plan.filter(({ action }) => action === 'run');
  expect(runs.filter(({ partition }) => partition !== null && Number(partition) < 2027)).toEqual([]);
  const { graph } = await host.describe({});
  expect(runs.filter(({ key }) => graph.assets.get(key)?.group === 'intermediate/flow')).toEqual([]);
  const wanted = ['fct_compensation_growth', 'fct_workforce_snapshot', 'fct_yearly_events', 'int_pay_year'];
  expect(running(plan)).toEqual(
    expect.arrayContaining([
      'stg_levers',
      'int_effective_parameters',
      'int_raise_rates[2027]',
      'int_starting_pay[2028]',
      ...wanted.flatMap((key) => [2027, 2028, 2029].map((year) => `${key}[${year}]`)),
    ]),
  );
  for (const id of ['int_starting_pay[2027]', 'int_raise_rates[2028]', 'stg_census'])
    expect(running(plan)).not.toContain(id);
  const reasons = Object.fromEntries(plan.map((step) => [step.id, step.reasons.join('; ')]));
  expect(reasons).toMatchObject({
    stg_levers: 'input levers changed (partition 2027)',
    'int_raise_rates[2026]': 'input int_effective_parameters changed, but it would come out the same',
    'int_raise_rates[2027]': 'input int_effective_parameters changed',
    'int_pay_year[2027]': 'input int_raise_rates changed (partition 2027)',
    'int_workforce_year[2027]': 'nothing changed',
  });
});

test('one census row makes run what reads the census', async () => {
  const file = path.join(company.config.home, 'other.csv');
  await generateCensus({ employees: 300, seed: 7, out: file, baselineDate: '2024-12-31' });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const header = lines[0]?.split(',') ?? [];
  const cells = lines[1]?.split(',') ?? [];
  const pay = header.indexOf('annual_salary');
  lines[1] = cells.with(pay, String(Number(cells[pay]) + 100)).join(',');
  await writeFile(file, `${lines.join('\n')}\n`);
  const plan = await planOf(hostOf(await company.withCensus(file)), SIMULATION);
  const runs = new Set(running(plan));
  expect(plan.find(({ id }) => id === 'stg_census')?.reasons).toEqual(['input census changed']);
  for (const id of ['int_baseline', 'int_pay_year[2025]', 'fct_compensation_growth[2029]'])
    expect(runs).toContain(id);
  for (const id of ['stg_levers', 'int_raise_rates[2025]', 'config_job_levels'])
    expect(runs).not.toContain(id);
});

const RULE = 'headcount_bridge';

/** A run of the graph, and one outside of it, that violate an invariant. */
async function leavesFailedCheck(config: Config, engine: Simulator): Promise<void> {
  const { errors } = await materialize(hostOf(company.spec, config, engine), 'broken', SIMULATION);
  expect(errors).toMatchObject([{ code: 'INVARIANT_VIOLATED', fields: { check: RULE } }]);
  const failed = { kind: 'check', passed: false, metadata: { violations: { kind: 'integer', value: 5 } } };
  const ofGraph = await catalog.history({ run: 'broken', kinds: ['check'], limit: 9 });
  expect(ofGraph.length).toBeGreaterThan(0);
  for (const { event } of ofGraph) expect(event).toMatchObject(failed);

  const [logger, error] = [pino({ level: 'silent' }), errors[0]];
  if (error === undefined) return;
  const own = createCatalog({ home: config.home, catalogUrl: undefined }, logger);
  const parts = { config, simulator: engine, catalog: own, runs: createRunStore(config.home), logger };
  for (const kind of ['simulation', 'optimization'] as const)
    await recordFailedRun(parts, { spec: company.spec, run: kind, of: kind }, error, kind);
  for (const run of ['simulation', 'optimization'])
    expect(await own.history({ run, check: RULE, limit: 1 })).toMatchObject([{ event: failed }]);
  const [loop] = await own.latest(['compensation_optimization_loop']);
  expect(loop?.attempt).toMatchObject({ kind: 'failed', code: 'INVARIANT_VIOLATED', run: 'optimization' });
  await own.close();
}

test('a comment in a model changes nothing; another seed, what reads it; a broken invariant is a failed check', async () => {
  const project = await copyProject(company.config);
  await project.change('dbt/models/intermediate/flow/int_hires.sql', (sql) => `-- who is new\n${sql}\n`);
  await project.change('seeds/config_raise_months.csv', (text) =>
    text.replace(/0\.\d+/, (share) => `${share}0`),
  );
  // Nothing keeps this rule any more: a plan does not ask, a simulation does.
  await project.change(`dbt/tests/${RULE}.sql`, (sql) => sql.replace('is distinct', 'is not distinct'));
  const engine = createSimulator(project.config, pino({ level: 'silent' }));
  try {
    const plan = await planOf(hostOf(company.spec, project.config, engine), SIMULATION);
    const runs = running(plan);
    expect(runs).toContain('config_raise_months');
    expect(runs).toContain('int_raises[2025]');
    for (const id of ['int_hires[2025]', 'int_terminations[2025]', 'config_job_levels', 'stg_hire_ages'])
      expect(plan.find((step) => step.id === id)).toMatchObject({
        action: 'reuse',
        reasons: ['nothing changed'],
      });
    await leavesFailedCheck(project.config, engine);
  } finally {
    await engine.close();
    await project.remove();
  }
});

test('a damaged result is changed: planned with the file, made again, and whole', async () => {
  const [made] = await catalog.latest(['fct_workforce_snapshot']);
  const folder = path.join(company.config.home, String(made?.materialization?.metadata['folder']?.value));
  const file = path.join(folder, 'fct_workforce_snapshot.parquet');
  const before = await readFile(file);
  const changed = Buffer.from(before);
  changed[Math.floor(changed.length / 2)]! ^= 1;
  await writeFile(file, changed);
  const plan = await planOf(hostOf(company.spec), SIMULATION);
  expect(plan.find(({ id }) => id === 'int_pay_year[2027]')).toMatchObject({
    action: 'run',
    reasons: [expect.stringContaining(`changed (damaged: ${file}: `)],
  });
  const { errors } = await materialize(hostOf(company.spec), 'again', SIMULATION);
  expect(errors).toEqual([]);
  expect(await readFile(file)).toEqual(before);
  expect(running(await planOf(hostOf(company.spec), SIMULATION))).toEqual([]);
});

const plannedWith = (apply: string) => {
  const asked = { select: 'compensation_optimization_loop', config: { apply } };
  return planRun(hostOf(company.spec), company.config.home, `apply-${apply}`, asked, new Date());
};

test('a materialisation whose optimisation would publish unasked is refused, with the command that may', async () => {
  await expect(plannedWith('on-convergence')).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field: 'apply', value: 'on-convergence' },
    message: expect.stringContaining('meritloop optimize --apply on-convergence'),
  });
});

test.each(['after-approval', 'never'])('one that is asked to apply %s is planned', async (apply) => {
  expect((await plannedWith(apply)).config).toEqual({ apply });
});

test('an optimisation that published unasked is recorded under its own request', async () => {
  const { graph } = await hostOf(company.spec).describe({ apply: 'on-convergence' });
  expect(graph.assets.has('compensation_optimization_loop')).toBe(true);
});
