/** Small companies at the edges of the rules: extreme ages, leap days, pay at level edges, levers at their limits. */
import { PARAMETER_NAMES, PARAMETERS } from '../../../src/levers/catalogue.terms.js';
import { dayOf, fromIso, toIso, yearsEarlier } from './calendar.js';
import type { CensusRow, Company, LeverText } from './company.js';
import { randomSource, type RandomSource } from './random-source.js';
import type { RuleTables } from './rule-tables.js';

/** Code units that sort otherwise as UTF-16 than as UTF-8, in both cases of letters, with quotes. */
const ID_STYLES = ['E', 'e', 'Ä', '', 'Z-', "O'", '\u{1F600}', '\uFF21', 'nh_', 'ﬀ '];
const EDGE_PAY = [
  '0.01',
  '1.00',
  '55999.99',
  '56000.00',
  '80999.99',
  '81000.00',
  '120999.99',
  '121000.00',
  '160999.99',
  '161000.00',
  '274999.99',
  '275000.00',
  '500000.01',
  '99999.50',
  '33333.33',
];
const GROWTH = [-500_000, -120_000, -33_333, 0, 30_000, 105_000, 500_000];
const RATES = [0, 120_000, 250_000, 310_000, 333_333, 950_000];
const YEARS = [
  { first: 2023, last: 2024 },
  { first: 2027, last: 2029 },
  { first: 2024, last: 2024 },
  { first: 2025, last: 2026 },
];

export interface RandomCompanyOptions {
  readonly number: number;
  readonly tables: RuleTables;
  /** Scenarios of the tables that may have rows of their own, beside `default`. */
  readonly scenarios: readonly string[];
}

export function randomCompany({ number, tables, scenarios }: RandomCompanyOptions): Company {
  const random = randomSource(number);
  const years = random.pick(YEARS);
  const settings = {
    headcount_growth: random.chance(0.7) ? random.pick(GROWTH) : random.whole(-500_000, 500_000),
    termination_rate: random.chance(0.7) ? random.pick(RATES) : random.whole(0, 950_000),
    new_hire_termination_rate: random.chance(0.7) ? random.pick(RATES) : random.whole(0, 950_000),
  };
  const hiresMany = settings.new_hire_termination_rate > 800_000;
  const size = random.pick([1, 2, 3, random.whole(4, 60), random.whole(60, hiresMany ? 80 : 400)]);
  const baseline = dayOf(years.first - 1, 12, 31);
  const people = Array.from({ length: size }, (_, index) => person(random, index, baseline));
  return {
    // Nobody could open the first year if all had left.
    people: people.map((row, index) => (index === 0 ? { ...row, termination_date: null } : row)),
    levers: levers(random, years, scenarios),
    tables,
    scenario: random.pick(['default', ...scenarios]),
    settings,
    years,
    seed: random.whole(0, 2_147_483_647),
  };
}

function person(random: RandomSource, index: number, baseline: number): CensusRow {
  const age = random.pick([16, 17, 24, 25, 34, 35, 44, 45, 54, 55, 63, 64, 65, 66, 79, random.whole(16, 79)]);
  const birth = edgeDate(random, yearsEarlier(baseline, age) - random.whole(0, 364), baseline);
  const earliest = Math.min(baseline, birth + 15 * 366);
  const hire = Math.max(earliest, edgeDate(random, baseline - tenureDays(random), baseline));
  return {
    employee_id: `${random.pick(ID_STYLES)}${index * 7919}`,
    birth_date: toIso(birth),
    hire_date: toIso(hire),
    termination_date: random.chance(0.1) ? toIso(random.whole(hire, baseline)) : null,
    annual_salary: random.chance(0.3)
      ? random.pick(EDGE_PAY)
      : `${random.whole(20_000, 480_000)}.${String(random.whole(0, 99)).padStart(2, '0')}`,
    job_level: random.chance(0.4) ? random.whole(1, 5) : null,
  };
}

const tenureDays = (random: RandomSource): number =>
  random.pick([0, 1, random.whole(0, 800), random.whole(0, 4_000), random.whole(0, 18_000)]);

/** Often the first or last day of the year, or a leap day, not after the baseline. */
function edgeDate(random: RandomSource, day: number, baseline: number): number {
  if (random.chance(0.5)) return day;
  const year = new Date(toIso(day)).getUTCFullYear();
  const leapYear = year - (year % 4);
  const moved = random.pick(
    [`${year}-01-01`, `${year}-12-31`, `${leapYear}-02-29`, `${year}-02-28`].map(fromIso),
  );
  return Math.min(baseline, moved);
}

function levers(random: RandomSource, years: Company['years'], scenarios: readonly string[]): LeverText[] {
  const rows: LeverText[] = [];
  for (const scenario of ['default', ...scenarios]) {
    for (let year = years.first; year <= years.last; year += 1) {
      for (const parameter of PARAMETER_NAMES) {
        for (let level = 1; level <= 5; level += 1) {
          if (scenario !== 'default' && random.chance(0.6)) continue;
          const { eventType } = PARAMETERS[parameter];
          rows.push({
            scenario_id: scenario,
            fiscal_year: year,
            job_level: level,
            event_type: random.chance(0.1) ? eventType.toLowerCase() : eventType,
            parameter_name: parameter,
            parameter_value: leverValue(random, parameter),
          });
        }
      }
    }
  }
  return rows;
}

function leverValue(random: RandomSource, parameter: keyof typeof PARAMETERS): string {
  const [low, high] = PARAMETERS[parameter].hardRange;
  const range = PARAMETERS[parameter].bounds;
  if (random.chance(0.2)) return String(random.pick([low, high]));
  const [from, to] = random.chance(0.5) ? range : [low, high];
  return (random.whole(from * 1_000_000, to * 1_000_000) / 1_000_000).toFixed(6);
}
