/** What a plan takes from dbt's manifest. */
import { planFromManifest, type Manifest } from '../../src/simulation/model/plan.js';

const SOURCES = ['source.shop.state.plan_year', 'source.shop.preceding_year.stock'];

const manifest = (nodes: readonly string[]): Manifest => ({
  metadata: { dbt_version: '1.11.0' },
  nodes: {
    'model.shop.stock': {
      resource_type: 'model',
      name: 'stock',
      path: 'stock.sql',
      original_file_path: 'models/stock.sql',
      description: '',
      columns: {},
      relation_name: 'stock',
      compiled_code: 'select 1',
      config: { enabled: true, materialized: 'table' },
      depends_on: { nodes },
    } as Manifest['nodes'][string],
  },
});

test('the order in which dbt lists what a model reads does not count', () => {
  const plan = planFromManifest(manifest(SOURCES), 'seeds');
  expect(planFromManifest(manifest(SOURCES.toReversed()), 'seeds')).toEqual(plan);
  expect(plan.models[0]?.sources.toSorted()).toEqual(['preceding_year.stock', 'state.plan_year']);
});
