/** dbt itself builds the project on a small company, passes its tests, and keeps the rules of its layers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { generateCensus } from '../../src/census/generate.js';
import { loadConfig } from '../../src/config.js';
import { dbtPaths } from '../../src/simulation/model/compile-plan.js';
import { Database } from '../../src/simulation/engine/database.js';
import { writeCensus, writeLevers, writeRunState } from '../../src/simulation/engine/state.js';
import type { DbtManifest, DbtNode } from './manifest.js';

const config = loadConfig();
let folder: string;
let manifest: DbtManifest;
let results: { unique_id: string; status: string; message: string | null }[];

async function dbt(...command: string[]): Promise<void> {
  const paths = dbtPaths(config);
  const target = path.join(folder, 'target');
  const flags = ['--project-dir', paths.project, '--profiles-dir', paths.project];
  const run = await execa(paths.dbt, [...command, ...flags, '--target-path', target, '--log-path', target], {
    reject: false,
    all: true,
    env: {
      MERITLOOP_DBT_DATABASE: path.join(folder, 'memory.duckdb'),
      DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      NO_COLOR: '1',
    },
  });
  if (run.failed) throw new Error(run.all);
}

const readTarget = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(folder, 'target', file), 'utf8'));

/** A horizon of one leap year, so that one build simulates all of it. */
async function fillState(): Promise<void> {
  const census = path.join(folder, 'census.parquet');
  await generateCensus({ employees: 300, seed: 3, out: census, baselineDate: '2027-12-31' });
  const database = await Database.open(path.join(folder, 'memory.duckdb'), { spillFolder: folder });
  try {
    await writeCensus(database, census);
    await writeLevers(database, path.join(config.projectRoot, 'seeds/comp_levers.csv'));
    const settings = {
      headcount_growth: 30_000,
      termination_rate: 120_000,
      new_hire_termination_rate: 250_000,
    };
    const run = {
      scenario: 'default',
      years: { first: 2028, last: 2028 },
      seed: 42,
      settings,
    };
    await writeRunState(database, run);
    await database.run('insert into state.plan_year from state.plan_years');
  } finally {
    await database.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-dbt-'));
  await dbt('seed');
  await fillState();
  await dbt('build');
  manifest = (await readTarget('manifest.json')) as DbtManifest;
  results = ((await readTarget('run_results.json')) as { results: typeof results }).results;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const nodes = (): DbtNode[] => Object.values(manifest.nodes).filter(({ config: { enabled } }) => enabled);
const models = (): DbtNode[] => nodes().filter(({ resource_type }) => resource_type === 'model');
const namesOf = (found: readonly DbtNode[]): string[] => found.map(({ name }) => name);
const layerOf = (node: DbtNode): string => node.path.split('/')[0] ?? '';
const parentsOf = (node: DbtNode): DbtNode[] =>
  (node.depends_on.nodes ?? []).flatMap((id) => manifest.nodes[id] ?? []);

test('seeds, models, unit tests and data tests all pass', () => {
  expect(results.filter(({ status }) => status !== 'success' && status !== 'pass')).toEqual([]);
  const ran = new Set(results.map(({ unique_id }) => unique_id));
  const wanted = [
    ...nodes()
      .filter(({ resource_type }) => resource_type !== 'analysis')
      .map(({ unique_id }) => unique_id),
    ...Object.keys(manifest.unit_tests),
  ];
  expect(wanted.filter((id) => !ran.has(id) && !id.startsWith('operation.'))).toEqual([]);
});

test('every model is described in a file of its own name, with its grain and units', () => {
  const wrong = models().filter(
    ({ patch_path, original_file_path, description }) =>
      patch_path?.split('://')[1] !== original_file_path.replace(/\.sql$/, '.yml') ||
      !/One row (per|in all)/.test(description) ||
      !/(USD|cents|percent|decimals|millionths|Factors|Dates|whole years|People|Hazards|Days|No units)/.test(
        description,
      ),
  );
  expect(namesOf(wrong)).toEqual([]);
});

test('every column, and no other, is described', async () => {
  const database = await Database.open(path.join(folder, 'memory.duckdb'), { spillFolder: folder });
  try {
    const rows = await database.rows(
      "select table_name, column_name from information_schema.columns where table_schema = 'main'",
    );
    for (const model of models()) {
      const columns = rows
        .filter((row) => row['table_name'] === model.name)
        .map((row) => String(row['column_name']));
      const described = Object.values(model.columns).filter(({ description }) => description !== '');
      expect([model.name, ...described.map(({ name }) => name).toSorted()]).toEqual([
        model.name,
        ...columns.toSorted(),
      ]);
    }
  } finally {
    await database.close();
  }
});

test('a model is named after its layer', () => {
  const prefixes: Readonly<Record<string, string>> = { staging: 'stg_', intermediate: 'int_', marts: 'fct_' };
  expect(
    namesOf(models().filter((model) => !model.name.startsWith(prefixes[layerOf(model)] ?? '?'))),
  ).toEqual([]);
});

test('staging reads sources and seeds only', () => {
  const wrong = models().filter(
    (model) =>
      layerOf(model) === 'staging' && parentsOf(model).some(({ resource_type }) => resource_type === 'model'),
  );
  expect(namesOf(wrong)).toEqual([]);
});

test('nothing upstream reads a mart', () => {
  const wrong = models().filter((model) => parentsOf(model).some((parent) => layerOf(parent) === 'marts'));
  expect(namesOf(wrong)).toEqual([]);
});

test('every mart has data tests, and every rule of the year unit tests', () => {
  const tested = new Set(
    nodes()
      .filter(({ resource_type }) => resource_type === 'test')
      .flatMap(({ depends_on }) => depends_on.nodes ?? []),
  );
  const unitTested = new Set(Object.values(manifest.unit_tests).map(({ model }) => model));
  const marts = models().filter((model) => layerOf(model) === 'marts');
  expect(namesOf(marts.filter(({ unique_id }) => !tested.has(unique_id)))).toEqual([]);
  const rules = models().filter((model) => layerOf(model) !== 'staging');
  expect(namesOf(rules.filter(({ name }) => !unitTested.has(name)))).toEqual([]);
});

test('every source table is described', () => {
  expect(Object.values(manifest.sources).filter(({ description }) => !description.endsWith('.'))).toEqual([]);
});

test('data tests read only what stands after the last year', () => {
  const wrong = nodes().filter(
    (node) =>
      node.resource_type === 'test' &&
      parentsOf(node).some(
        (parent) =>
          parent.resource_type === 'model' &&
          parent.config.meta?.['scope'] === 'year' &&
          parent.config.materialized !== 'incremental',
      ),
  );
  expect(namesOf(wrong)).toEqual([]);
});

/** SQL without comments, as dbt hands it to an engine. */
const codeOf = ({ compiled_code }: DbtNode): string => (compiled_code ?? '').replaceAll(/--[^\n]*/g, '');

test("DuckDB's own draws and clocks are used nowhere", () => {
  const wrong = models().filter((model) =>
    /\b(hash|random|uuid|setseed|now|today|get_current_\w+)\s*\(|\bcurrent_(date|timestamp)\b/i.test(
      codeOf(model),
    ),
  );
  expect(namesOf(wrong)).toEqual([]);
});

test('money is summed in integers of a cent', () => {
  const sums = models().flatMap((model) =>
    [...codeOf(model).matchAll(/\b(?:sum|avg|median|mean)\(([^()]*)\)/gi)].map(([, summed = '']) => ({
      model: model.name,
      summed,
    })),
  );
  const isMoney = /pay|salary|compensation|dollars|double|float/i;
  expect(sums.filter(({ summed }) => isMoney.test(summed) && !/_cents\b/.test(summed))).toEqual([]);
});

test('no model depends on the order in which its rows happen to stand', () => {
  const wrong = models().filter((model) =>
    /\b(first|last|any_value|arbitrary)\s*\(|over\s*\(\s*\)\s*as\s+row|row_number\(\)\s+over\s*\(\s*\)/i.test(
      codeOf(model),
    ),
  );
  expect(namesOf(wrong)).toEqual([]);
});
