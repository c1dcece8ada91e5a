/** Simulations with other plan years beside each other: each figure stands beside that of the same year. */
import type { Comparison } from '../../web/src/api/types.js';
import { comparedFigures, growthLines, yearsOf } from '../../web/src/features/results/compared.js';

type Compared = Comparison['simulations'][number];

/** Growth of a year is its last two digits, in tenths of a percent: a figure tells its year. */
const simulation = (first: number, last: number, more = 0): Compared => {
  const years = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  const growths = years.map((year) => (year - 2000) / 10 + more);
  return {
    simulation_id: `${first}`,
    scenario: 'default',
    made_at: null,
    mean_growth: growths.reduce((sum, growth) => sum + growth, 0) / years.length,
    years: years.map((year, place) => ({
      year,
      growth: growths[place] ?? null,
      headcount: year,
      mean_pay: year * 10,
      median_pay: year * 10,
      payroll: year * 1e6,
      decomposition: { raises: 0, promotions: 0, hires: 0, leavers: 0 },
    })),
  };
};

const textsOf = (simulations: Compared[], name: string): readonly string[] | undefined =>
  comparedFigures(simulations).find((figure) => figure.name === name)?.texts;

test.each([
  ['later', [simulation(2025, 2027), simulation(2026, 2028)], [2025, 2026, 2027, 2028]],
  ['earlier', [simulation(2026, 2027), simulation(2024, 2027)], [2024, 2025, 2026, 2027]],
  ['none in common', [simulation(2025, 2025), simulation(2027, 2027)], [2025, 2027]],
  ['equal', [simulation(2025, 2026), simulation(2025, 2026, 1)], [2025, 2026]],
])('a line of growth stands over its own years: %s', (_what, simulations, years) => {
  expect(yearsOf(simulations).map(({ year }) => year)).toEqual(years);
  const lines = growthLines(simulations);
  for (const [place, { years: own }] of simulations.entries())
    expect(lines[place]).toEqual(years.map((year) => own.find((one) => one.year === year)?.growth ?? null));
});

test('figures of the last year are those of a year that all plan', () => {
  const simulations = [simulation(2025, 2027), simulation(2026, 2029)];
  expect(textsOf(simulations, 'Headcount 2027')).toEqual(['2,027', '2,027']);
  expect(textsOf(simulations, 'Payroll 2027')).toEqual(['$2,027.0\u202fM', '$2,027.0\u202fM']);
  expect(comparedFigures(simulations).map(({ name }) => name)).not.toContain('Headcount 2029');
  expect(textsOf(simulations, 'Growth 2029')).toEqual(['–', '2.90\u202f%']);
});

test('means over other years are shown without a difference, those over the years in common with one', () => {
  const simulations = [simulation(2025, 2027), simulation(2026, 2029, 1)];
  expect(textsOf(simulations, 'Mean growth of its own plan years')).toEqual(['2.60\u202f%', '3.75\u202f%']);
  expect(textsOf(simulations, 'Mean growth 2026–2027, which all plan')).toEqual([
    '2.65\u202f%',
    '3.65\u202f% (+1.00\u202fpp)',
  ]);
  expect(textsOf(simulations, 'Mean growth')).toBeUndefined();
});

test('without a year in common there is no figure of a last year', () => {
  const names = comparedFigures([simulation(2025, 2025), simulation(2027, 2027)]).map(({ name }) => name);
  expect(names).toEqual(['Mean growth of its own plan years', 'Growth 2025', 'Growth 2027']);
});
