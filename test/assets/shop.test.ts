/** Another dbt project, a shop, goes through the graph: really parsed and built by dbt, with no line of src for it. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { dbtBuild } from '../../src/assets/dbt-build.js';
import type { AssetHost } from '../../src/assets/host.js';
import { hash } from '../../src/assets/record-steps.js';
import { loadConfig } from '../../src/config.js';
import { dbtAssets } from '../../src/assets/graph/dbt/dbt-assets.js';
import type { DbtManifest, DbtNode } from '../../src/assets/graph/dbt/manifest.js';
import { createGraph } from '../../src/assets/graph/graph.js';
import { selectAssets } from '../../src/assets/graph/selection/select.js';
import { createMemoryCatalog } from './graph/memory-catalog.js';
import { materialize, planOf, running } from './run-plan.js';

const { projectRoot } = loadConfig({}, {});
const dbt = path.join(projectRoot, '.venv', 'bin', 'dbt');

let project: string;
let manifest: DbtManifest;
let env: Record<string, string>;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'meritloop-shop-'));
  await cp(path.join(projectRoot, 'test', 'fixtures', 'shop'), project, { recursive: true });
  env = { SHOP_DATABASE: path.join(project, 'shop.duckdb'), SHOP_RATES: path.join(project, 'rates.csv') };
  await execa(dbt, ['parse', '--project-dir', project, '--profiles-dir', project, '--log-path', project], {
    env,
  });
  manifest = JSON.parse(await readFile(path.join(project, 'target', 'manifest.json'), 'utf8')) as DbtManifest;
});
afterAll(() => rm(project, { recursive: true, force: true }));

const graphOf = (from: DbtManifest) => createGraph(dbtAssets(from, { hash }));

/** The manifest with one node's SQL, or a macro's, edited. */
const edited = (name: string, edit: (sql: string) => string): DbtManifest => ({
  ...manifest,
  nodes: Object.fromEntries(
    Object.entries(manifest.nodes).map(([id, node]): [string, DbtNode] => [
      id,
      node.name === name ? { ...node, raw_code: edit(node.raw_code ?? '') } : node,
    ]),
  ),
  macros: Object.fromEntries(
    Object.entries(manifest.macros ?? {}).map(([id, macro]) => [
      id,
      id === `macro.shop.${name}` ? { ...macro, macro_sql: edit(macro.macro_sql) } : macro,
    ]),
  ),
});

test('models, seeds and snapshots are assets; tests are their checks', () => {
  const graph = graphOf(manifest);
  expect([...graph.assets.keys()].toSorted()).toEqual(
    'cities customers orders products customer_cities raw_customers raw_items raw_orders raw_products stg_customers stg_items stg_orders stg_products stg_rates'
      .split(' ')
      .toSorted(),
  );
  // The ephemeral model between them is seen through.
  expect(graph.upstream('orders').toSorted()).toEqual([
    'stg_items',
    'stg_orders',
    'stg_products',
    'stg_rates',
  ]);
  expect(graph.assets.get('orders')).toMatchObject({
    group: 'sales',
    owners: ['sales@shop.example'],
    description: 'Orders with their value in euros. One row per order.',
    kinds: ['dbt', 'model', 'table'],
    tags: { daily: '' },
    columns: { euros: 'Value of the order, EUR.' },
    checks: [{ name: 'not_null_orders_euros', severity: 'error', blocking: true }],
  });
  const checks = (key: string) =>
    graph.assets.get(key)?.checks.map(({ name, severity }) => `${name} ${severity}`);
  expect(checks('customers')).toEqual(['no_order_before_joining error']);
  expect(checks('cities')).toEqual(['accepted_values_cities_euros__100 warn']);
  expect(selectAssets(graph, 'group:staging and +cities')).toHaveLength(5);
  expect(selectAssets(graph, 'kind:snapshot')).toEqual(['customer_cities']);
});

test.each([
  ['a comment', 'orders', (sql: string) => `-- reviewed\n${sql}`, []],
  ['layout', 'orders', (sql: string) => sql.replaceAll('\n', '\n\n    '), []],
  ['a model', 'orders', (sql: string) => sql.replace('* r.euros', '/ r.euros'), ['orders']],
  ['an ephemeral model', 'int_order_values', (sql: string) => sql.replace('sum', 'max'), ['orders']],
  ['a macro', 'euros', (sql: string) => sql.replace('100.0', '10.0'), ['stg_products']],
  ['a comment of a macro', 'euros', (sql: string) => `{# cents to euros #}${sql}`, []],
])('%s edited changes the code of the right assets', (_, name, edit, changed) => {
  const before = graphOf(manifest).assets;
  const after = graphOf(edited(name, edit)).assets;
  expect(
    [...after.values()]
      .filter(({ key, codeVersion }) => before.get(key)?.codeVersion !== codeVersion)
      .map(({ key }) => key),
  ).toEqual(changed);
});

test('dbt builds it; after a failure only what is unfinished is built; then nothing', async () => {
  const host: AssetHost = {
    describe: async () => ({ graph: graphOf(manifest), world: { observed: {}, foreseen: {}, dynamic: {} } }),
    compute: { dbt: dbtBuild({ dbt, project, profiles: project, targets: project, env }) },
    workflowCall: () => {
      throw new TypeError('no workflow here');
    },
    catalog: createMemoryCatalog(),
  };
  // The rates were not delivered: one model fails, and what reads it is not even tried.
  const first = await materialize(host, 'first');
  expect(first).toMatchObject({ ran: 10, blocked: 3 });
  expect(first.errors.map(({ code, fields }) => [code, fields['assets']])).toEqual([
    ['ASSETS_NOT_MADE', ['stg_rates']],
  ]);
  expect(first.errors[0]?.message).toContain('rates.csv');
  const attempts = (await host.catalog.latest()).flatMap(({ asset, attempt }) =>
    attempt === null ? [] : [`${asset} ${attempt.kind}`],
  );
  expect(attempts.toSorted()).toEqual([
    'cities blocked',
    'customers blocked',
    'orders blocked',
    'stg_rates failed',
  ]);

  await writeFile(path.join(project, 'rates.csv'), 'currency,euros\nEUR,1\nCHF,1.05\n');
  expect(running(await planOf(host))).toEqual(['stg_rates', 'orders', 'customers', 'cities']);
  expect(await materialize(host, 'second')).toEqual({ ran: 4, reused: 0, blocked: 0, errors: [] });
  const states = new Map((await host.catalog.latest()).map((state) => [state.asset, state]));
  expect(states.get('customers')?.checks).toMatchObject([{ check: 'no_order_before_joining', passed: true }]);
  expect(states.get('cities')?.checks).toMatchObject([{ passed: false, severity: 'warn' }]);

  const plan = await planOf(host);
  expect(running(plan)).toEqual([]);
  expect(new Set(plan.flatMap(({ reasons }) => reasons))).toEqual(new Set(['nothing changed']));
});
