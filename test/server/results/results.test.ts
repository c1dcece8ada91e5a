/** Results of a real simulation over the API: they are those of its summary, and they add up. */
import fc from 'fast-check';
import { STATUSES } from '../../../src/shared/contract/choices.terms.js';
import type { SimulationSummary } from '../../../src/simulation/simulation.contract.js';
import { DEFINITIONS } from '../../../src/simulation/results/definitions.js';
import { payByYear } from '../../../src/simulation/results/population.js';
import { ResultReader } from '../../../src/simulation/results/reader.js';
import { bodyOf, startApi, type ApiRig } from '../rig.js';

let rig: ApiRig;
let simulations: SimulationSummary[];

beforeAll(async () => {
  rig = await startApi();
  simulations = [await rig.simulate(1), await rig.simulate(2)];
});
afterAll(() => rig.close());

const idOf = (index: number): string => simulations[index]?.simulation_id ?? '';

describe('results', () => {
  const param = () => ({ id: idOf(0) });

  test('figures from the tables are those of the summary', async () => {
    const [summary] = simulations;
    const found = await bodyOf(rig.client.api.simulations[':id'].results.$get({ param: param(), query: {} }));
    expect(found.mean_growth).toBe(summary?.mean_growth);
    expect(found.rows).toEqual(
      summary?.years.map(({ year, closing, mean_pay, median_pay, payroll, prorated_mean_pay }) => ({
        year,
        level: null,
        status: null,
        headcount: closing,
        mean_pay: expect.closeTo(mean_pay, 6),
        median_pay: expect.closeTo(median_pay, 6),
        payroll: expect.closeTo(payroll, 4),
        prorated_mean_pay: expect.closeTo(prorated_mean_pay, 6),
        why_hidden: null,
      })),
    );
  });

  test('any population split in any way has the figures that the SQL of the definitions gives', async () => {
    const reader = new ResultReader(rig.config);
    const stored = await reader.findTables(idOf(0));
    const cells = await reader.cells(stored);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...STATUSES], { minLength: 1 }),
        fc.option(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 }), { nil: undefined }),
        fc.constantFrom('year', 'level', 'status', 'level,status'),
        async (statuses, levels, split) => {
          const population = { statuses, levels };
          const rows = await reader.rows(stored, payByYear(population, split));
          expect(cells.groups(population, split)).toEqual(
            rows.map(({ simulation_year, level_id = null, detailed_status_code = null, ...figures }) => ({
              ...figures,
              year: simulation_year,
              level: level_id,
              status: detailed_status_code,
            })),
          );
        },
      ),
      { numRuns: 25 },
    );
    await reader.close();
  });

  test('levels and statuses add up to the whole', async () => {
    const statuses = 'continuous_active,new_hire_active,experienced_termination,new_hire_termination';
    const of = (by: 'year' | 'level,status') =>
      bodyOf(rig.client.api.simulations[':id'].results.$get({ param: param(), query: { by, statuses } }));
    const [whole, split] = [await of('year'), await of('level,status')];
    for (const { year, headcount, payroll } of whole.rows) {
      const parts = split.rows.filter((part) => part.year === year);
      expect(parts.reduce((sum, part) => sum + part.headcount, 0)).toBe(headcount);
      expect(parts.reduce((sum, part) => sum + (part.payroll ?? Number.NaN), 0)).toBeCloseTo(payroll ?? 0, 2);
    }
  });

  test.each(['mean', 'median', 'payroll', 'prorated-mean', 'matched-cohort'] as const)(
    'growth of %s from the tables of all levels is that of the summary, but for the first year',
    async (metric) => {
      const of = (levels?: string) =>
        bodyOf(
          rig.client.api.simulations[':id'].results.$get({
            param: param(),
            query: { metric, ...(levels === undefined ? {} : { levels }) },
          }),
        );
      const [summed, counted] = [await of(), await of('1,2,3,4,5')];
      expect(counted.years[1]?.growth).toBeCloseTo(summed.years[1]?.growth ?? Number.NaN, 8);
    },
  );

  test.each(['median', 'prorated-mean'] as const)(
    'growth of %s of those who stayed, which no run can be tuned on, is that of the rows',
    async (metric) => {
      const { rows, years } = await bodyOf(
        rig.client.api.simulations[':id'].results.$get({
          param: param(),
          query: { metric, statuses: 'continuous_active' },
        }),
      );
      const [before, after] = rows.map((row) =>
        metric === 'median' ? row.median_pay : row.prorated_mean_pay,
      );
      expect(years[1]?.growth).toBeCloseTo((after! / before! - 1) * 100, 6);
    },
  );

  test('both bridges reconcile', async () => {
    const headcount = await bodyOf(
      rig.client.api.simulations[':id']['headcount-bridge'].$get({ param: param() }),
    );
    const pay = await bodyOf(rig.client.api.simulations[':id']['pay-bridge'].$get({ param: param() }));
    expect([headcount.reconciles, pay.reconciles]).toEqual([true, true]);
    expect(headcount.years.map(({ closing }) => closing)).toEqual(
      simulations[0]?.years.map(({ closing }) => closing),
    );
    for (const { parts_pay, opening_mean_pay, closing_mean_pay } of pay.years)
      expect(
        Object.values(parts_pay ?? {}).reduce((sum, part) => sum + part, opening_mean_pay ?? Number.NaN),
      ).toBeCloseTo(closing_mean_pay ?? 0, 4);
  });

  test('a histogram holds everybody between the extremes', async () => {
    const { levels } = await bodyOf(
      rig.client.api.simulations[':id'].distribution.$get({ param: param(), query: { bins: '7' } }),
    );
    expect(levels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
    for (const { headcount, bins, min, p10, p25, median, p75, p90, max } of levels) {
      expect(bins.reduce((sum, bin) => sum + bin.headcount, 0)).toBe(headcount);
      const sorted = [min, p10, p25, median, p75, p90, max];
      expect(sorted).toEqual(sorted.toSorted((left, right) => (left ?? Number.NaN) - (right ?? Number.NaN)));
    }
  });

  test('pages of rows follow each other, and all of them are the number', async () => {
    const query = {
      year: '2026',
      statuses: 'new_hire_active',
      levels: '1',
      sort: 'pay',
      limit: '100',
    } as const;
    const pages = [];
    for (let offset: number | null = 0; offset !== null;) {
      const page: { rows: Record<string, unknown>[]; next_offset: number | null; total: number } =
        await bodyOf(
          rig.client.api.simulations[':id'].rows.$get({
            param: param(),
            query: { ...query, offset: String(offset) },
          }),
        );
      pages.push(page);
      offset = page.next_offset;
    }
    const rows = pages.flatMap((page) => page.rows);
    const pay = rows.map((found) => Number(found['current_compensation']));
    expect(pay).toEqual(pay.toSorted((left, right) => left - right));
    expect(new Set(rows.map((found) => found['employee_id'])).size).toBe(pages[0]?.total);
    expect(rows[0]).toMatchObject({ hire_date: expect.stringMatching(/^2026-/), level_id: 1 });
    const csv = await rig.ask(
      `/api/simulations/${idOf(0)}/download?year=2026&statuses=new_hire_active&levels=1`,
    );
    expect((await csv.text()).trim().split('\n')).toHaveLength(rows.length + 1);
  });

  test('a quote in an id is part of the id', async () => {
    const answer = await rig.ask(`/api/simulations/${idOf(0)}/people/${encodeURIComponent("x' or '1'='1")}`);
    expect(answer.status).toBe(404);
  });

  test('the SQL of every definition runs in the folder of a simulation', async () => {
    const reader = new ResultReader(rig.config);
    const stored = await reader.find(idOf(0));
    for (const { sql } of DEFINITIONS) expect((await reader.rows(stored, sql)).length).toBeGreaterThan(0);
    await reader.close();
  });

  test('a comparison tells what differs', async () => {
    const query = { ids: `${idOf(0)},${idOf(1)}` };
    const { inputs, levers, simulations: compared } = await bodyOf(rig.client.api.comparison.$get({ query }));
    expect(inputs.filter(({ equal }) => !equal).map(({ name }) => name)).toEqual(['seed']);
    expect(levers.every(({ equal }) => equal)).toBe(true);
    expect(compared.map(({ mean_growth }) => mean_growth)).toEqual(
      simulations.map(({ mean_growth }) => mean_growth),
    );
    expect((await rig.ask(`/api/comparison?ids=${idOf(0)},${idOf(0)}`)).status).toBe(422);
  });

  test('what levers would do is simulated', async () => {
    const json = {
      years: '2025-2026',
      sensitivities: false,
      assignments: [{ parameter_name: 'merit_base' as const, parameter_value: 0.05 }],
    };
    const { difference, waterfall } = await bodyOf(rig.client.api.impact.$post({ json }));
    expect(difference.growth).toBeGreaterThan(0.5);
    expect(waterfall.find(({ levers_changed }) => levers_changed > 0)?.parameter_name).toBe('merit_base');
  });
});
