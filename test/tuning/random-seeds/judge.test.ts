/** The mean that is tuned on, and the verdict on seeds that tuned nothing. */
import { adviseTolerance, judge, type JudgedSeed } from '../../../src/tuning/random-seeds/judge.js';
import { meanOverSeeds } from '../../../src/tuning/random-seeds/over-seeds.js';

/** Two years, whose growths lie half a point around the seed's own. */
const seed = (number: number, growth: number): JudgedSeed => ({
  seed: number,
  simulation_id: `simulation ${number}`,
  growth,
  growth_by_year: { '2025': growth + 0.5, '2026': growth - 0.5 },
  payroll_by_year: { '2025': 1000 * number, '2026': 2000 * number },
});

const GOAL = { target: 2, tolerance: 0.0625 };
const TUNED = [seed(1, 1.8), seed(2, 2.2)];
const JUDGED = [1.75, 1.9375, 2, 2.0625, 2.5].map((growth, index) => seed(11 + index, growth));

test('growth and that of each year are means over the seeds', () => {
  expect(meanOverSeeds([seed(1, 1), seed(2, 2), seed(3, 6)])).toEqual({
    growth: 3,
    growth_by_year: { '2025': 3.5, '2026': 2.5 },
  });
});

test('percentiles and probability are of the evaluation seeds alone', () => {
  expect(judge(GOAL, TUNED, JUDGED)).toEqual({
    tuning_seeds: [1, 2],
    evaluation_seeds: [11, 12, 13, 14, 15],
    growth: { p10: expect.closeTo(1.825, 9), p50: 2, p90: expect.closeTo(2.325, 9) },
    probability_within_tolerance: 0.6,
    years: [
      {
        year: 2025,
        growth: { p10: expect.closeTo(2.325, 9), p50: 2.5, p90: expect.closeTo(2.825, 9) },
        payroll: { p10: 11_400, p50: 13_000, p90: 14_600 },
      },
      {
        year: 2026,
        growth: { p10: expect.closeTo(1.325, 9), p50: 1.5, p90: expect.closeTo(1.825, 9) },
        payroll: { p10: 22_800, p50: 26_000, p90: 29_200 },
      },
    ],
    simulations: [
      ...TUNED.map((each) => ({ role: 'tuning', ...growthOf(each) })),
      ...JUDGED.map((each) => ({ role: 'evaluation', ...growthOf(each) })),
    ],
  });
});

const growthOf = ({ seed: number, growth, simulation_id }: JudgedSeed) => ({
  seed: number,
  growth,
  simulation_id,
});

test('in every-year mode each year must meet the target', () => {
  const verdict = (tolerance: number) =>
    judge({ target: 2, tolerance, target_mode: 'every-year' }, TUNED, JUDGED).probability_within_tolerance;
  expect([verdict(0.49), verdict(0.5), verdict(0.5625), verdict(1)]).toEqual([0, 0.2, 0.6, 1]);
});

test.each([
  [0.0625, 'only 3 meet it within 0.0625 pp', 'A tolerance of 0.5 pp would hold for 5 of them.'],
  [0.3, 'only 4 meet it within 0.3 pp', 'A tolerance of 0.5 pp'],
])('with a tolerance of %f the tolerance that nine of ten meet is advised', (tolerance, met, advice) => {
  const goal = { target: 2, tolerance };
  const [recommendation] = adviseTolerance(goal, judge(goal, TUNED, JUDGED), JUDGED);
  expect(recommendation?.code).toBe('TOLERANCE_BELOW_CHANCE');
  expect(recommendation?.message).toContain(met);
  expect(recommendation?.message).toContain(advice);
});

test('where nine of ten meet the target nothing is advised', () => {
  expect(adviseTolerance(GOAL, { probability_within_tolerance: 0.9 }, JUDGED)).toEqual([]);
});
