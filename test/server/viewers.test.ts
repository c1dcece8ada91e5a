/** What a viewer is sent of a small company: no pay of fewer than five people, nor what it would follow from. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CENSUS_COLUMNS } from '../../src/census/census.contract.js';
import { createCatalog } from '../../src/assets/catalog/catalog.js';
import type { GridDetails } from '../../src/server/grids/grids.contract.js';
import { withheldGrid } from '../../src/server/grids/withheld-grid.js';
import { createLogger } from '../../src/shared/log.js';
import { tokenAccess } from '../../src/server/access.js';
import { parseTokens } from '../../src/server/tokens.js';
import { startApi, type ApiRig } from './rig.js';

type Row = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, Row[]>> & Row;

const tokens = ['viewer', 'analyst'].map((role) => ({ user: role, role, token: role.padEnd(24, 'x') }));
const access = tokenAccess(parseTokens(JSON.stringify(tokens), 'tokens'));
/** Levels 1 to 4 have many people, level 5 has one: who is paid what nobody else is. */
const LEVELS = [20, 16, 12, 8, 1];
const AT = '2026-01-01T00:00:00Z';
const ONE = 987_654.32;

let rig: ApiRig;
let simulation: string;
let census: string;
beforeAll(async () => {
  rig = await startApi();
  const rows = LEVELS.flatMap((people, index) =>
    Array.from({ length: people }, (_, person) =>
      [`L${index + 1}-${person}`, '1985-03-31', '2015-01-05', '', salary(index, person), index + 1].join(','),
    ),
  );
  const file = path.join(rig.config.home, 'small.csv');
  await writeFile(file, [CENSUS_COLUMNS.join(','), ...rows, ''].join('\n'));
  ({ simulation_id: simulation } = await rig.simulate(7, file));
  const listed = await answer('analyst', '/api/censuses');
  census = String((listed['censuses'] as Row[]).find(({ rows: count }) => count === 57)?.['sha256']);
});
afterAll(() => rig.close());

const salary = (index: number, person: number): string =>
  index === 4 ? ONE.toFixed(2) : String(50_000 + 20_000 * index + 37 * person);

async function ask(role: 'viewer' | 'analyst', address: string): Promise<Response> {
  const headers = { authorization: `Bearer ${role.padEnd(24, 'x')}` };
  return rig.ask(address, { headers }, access);
}
async function answer(role: 'viewer' | 'analyst', address: string): Promise<Body> {
  const response = await ask(role, address);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Body;
}

/** Every number of a document, wherever it stands. */
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

const ALL = 'continuous_active,new_hire_active,experienced_termination,new_hire_termination';

test('levels: the one person of a level is withheld, and the level that would tell it', async () => {
  const of = (role: 'viewer' | 'analyst') => answer(role, `/api/simulations/${simulation}/results?by=level`);
  const [shown, whole] = [await of('viewer'), await of('analyst')];
  for (const year of [2025, 2026]) {
    const rows = (shown['rows'] ?? []).filter((row) => row['year'] === year);
    const hidden = rows.filter(({ payroll }) => payroll === null);
    expect(hidden.map(({ level }) => level)).toContain(5);
    expect(hidden.length).toBeGreaterThan(1);
    for (const row of hidden)
      expect(row).toMatchObject({
        mean_pay: null,
        median_pay: null,
        prorated_mean_pay: null,
        why_hidden: expect.stringContaining('fewer than 5 people'),
      });
    expect(rows.filter(({ payroll }) => payroll !== null).length).toBeGreaterThan(1);
  }
  expect(
    (whole['rows'] ?? []).every(({ payroll, why_hidden }) => payroll !== null && why_hidden === null),
  ).toBe(true);
});

test.each([
  ['a level', 'levels=5'],
  ['all other levels, to be taken from the total', 'levels=1,2,3,4'],
  ['every status of the level', `levels=5&statuses=${ALL}`],
  ['the level by status', `levels=5&by=level,status&statuses=${ALL}`],
  ['its growth', 'levels=5&metric=matched-cohort'],
])('filters do not get around it: %s', async (_, query) => {
  const body = await answer('viewer', `/api/simulations/${simulation}/results?${query}`);
  expect(
    (body['rows'] ?? []).filter(({ payroll, headcount }) => payroll !== null && headcount !== 0),
  ).toEqual([]);
  expect((body['years'] ?? []).map(({ growth }) => growth)).toEqual([null, null]);
});

test('of the whole company everything is told that was told before', async () => {
  const of = async (role: 'viewer' | 'analyst') => {
    const { seconds: _, ...body } = await answer(role, `/api/simulations/${simulation}/results`);
    return body;
  };
  expect(await of('viewer')).toEqual(await of('analyst'));
});

test('the distribution tells no extreme and no bin', async () => {
  const { levels = [] } = await answer('viewer', `/api/simulations/${simulation}/distribution`);
  for (const level of levels) expect(level).toMatchObject({ min: null, max: null, p10: null, bins: [] });
  expect(levels.find(({ level }) => level === 5)).toMatchObject({ mean: null, median: null });
  expect(levels.find(({ level }) => level === 1)).toMatchObject({ mean: expect.any(Number) });
});

test('parts of growth are withheld together where few people were hired, left, or were promoted', async () => {
  const { summary } = await answer('analyst', `/api/simulations/${simulation}`);
  const { years } = summary as unknown as { years: (Row & { by_status: Record<string, number> })[] };
  const few = years.filter(({ by_status, raises, promotions }) =>
    [by_status['new_hire_active'], by_status['experienced_termination'], raises, promotions].some(
      (people) => Number(people) > 0 && Number(people) < 5,
    ),
  );
  const bridge = await answer('viewer', `/api/simulations/${simulation}/pay-bridge`);
  const withheld = (bridge['years'] ?? []).filter(({ parts }) => parts === null).map(({ year }) => year);
  expect(withheld).toEqual(few.map(({ year }) => year));
  const shown = await answer('viewer', `/api/simulations/${simulation}`);
  const told = shown['summary'] as unknown as { years: (Row & { pay_by_status: Record<string, unknown> })[] };
  const ofFew = years.flatMap(({ by_status }, index) =>
    Object.keys(by_status)
      .filter((status) => Number(by_status[status]) > 0 && Number(by_status[status]) < 5)
      .map((status) => told.years[index]?.pay_by_status[status]),
  );
  expect(ofFew.length).toBeGreaterThan(0);
  expect(ofFew.filter((pay) => pay !== null)).toEqual([]);
});

test('a census: the level of one person is withheld, and another', async () => {
  const of = await answer('viewer', `/api/censuses/${census}`);
  const hidden = (of['levels'] ?? []).filter(({ mean_pay }) => mean_pay === null);
  expect(hidden.map(({ job_level }) => job_level)).toEqual([4, 5]);
  expect(numbersIn(of)).not.toContain(ONE);
  expect(numbersIn(await answer('analyst', `/api/censuses/${census}`))).toContain(ONE);
});

test.each(['rows', 'download', 'people/L5-0'])('single rows are an analyst: %s', async (route) => {
  expect((await ask('viewer', `/api/simulations/${simulation}/${route}`)).status).toBe(403);
});

describe('grids', () => {
  const details = (over: object): GridDetails =>
    ({
      grid_id: 'g',
      status: 'completed',
      progress: { phase: 'done', latest: 'cell 1: 2.01 %' },
      result: {
        cells: [
          { seed: 7, scenario: 'default', run_id: 'g-1', simulation_id: 'a', final_growth: 2, payroll: 9e6 },
        ],
      },
      error: null,
      ...over,
    }) as unknown as GridDetails;
  const many = { baseline: { headcount: 60 }, years: [{ closing: 60 }] };
  const few = { baseline: { headcount: 60 }, years: [{ closing: 60 }, { closing: 3 }] };
  const all = { statuses: ['continuous_active', 'new_hire_active'], metric: 'mean' };
  const seen = (spec: object | undefined, summary: object | undefined, smallest = 5, over = {}) =>
    withheldGrid(details(over), smallest, {
      recordOf: async () => (spec === undefined ? undefined : ({ spec } as never)),
      summaryOf: async () => summary as never,
    });

  test.each([
    ['the whole company', all, many, true],
    ['a company of few people in one year', all, few, false],
    ['a part of the company', { ...all, statuses: ['new_hire_active'] }, many, false],
    ['those who stayed', { ...all, metric: 'matched-cohort' }, many, false],
    ['a run that the home knows no more', undefined, many, false],
    ['a simulation that the home knows no more', all, undefined, false],
  ])('%s', async (_, spec, summary, told) => {
    const { result, progress, error } = await seen(spec, summary);
    expect(result !== null).toBe(told);
    expect(error?.code).toBe(told ? undefined : 'FIGURES_WITHHELD');
    expect(progress?.latest).toBe(told ? 'cell 1: 2.01 %' : null);
  });
  test('whoever may read single rows is told everything', async () => {
    expect(await seen(undefined, undefined, 1)).toEqual(details({}));
  });
  test('a grid without figures yet tells its cells, but no growth', async () => {
    const result = { cells: [{ seed: 7, scenario: 'default', final_growth: null, payroll: null }] };
    expect(await seen(undefined, undefined, 5, { result })).toMatchObject({ result, error: null });
  });
});

test('records of assets tell a viewer counts, and no figures', async () => {
  const catalog = createCatalog(rig.config, createLogger(rig.config));
  const metadata = {
    rows: { kind: 'integer', value: 41 },
    growth: { kind: 'number', value: 1.2345, unit: '%' },
    note: { kind: 'markdown', value: `pay ${ONE}` },
    whole: { kind: 'json', value: `{"pay":${ONE}}` },
  } as const;
  const head = { asset: 'fct_workforce_snapshot', partition: '2025', run: 'r', recorded_at: AT };
  await catalog.append([
    {
      ...head,
      id: 'made',
      kind: 'materialization',
      fingerprint: 'f',
      code_version: 'c',
      config_version: '',
      data_version: 'd',
      inputs: [],
      seconds: 1,
      metadata,
    },
    {
      ...head,
      id: 'checked',
      kind: 'check',
      check: 'headcount_adds_up',
      passed: true,
      severity: 'error',
      blocking: false,
      data_version: 'd',
      seconds: 1,
      metadata,
    },
  ]);
  await catalog.close();
  for (const address of ['/api/assets/history?select=*', '/api/assets/checks?select=*']) {
    const told = async (role: 'viewer' | 'analyst') => JSON.stringify(await answer(role, address));
    expect(await told('viewer')).toContain('"rows"');
    for (const part of ['1.2345', String(ONE)]) {
      expect(await told('viewer')).not.toContain(part);
      expect(await told('analyst')).toContain(part);
    }
  }
});
