/** Companies not left to chance: their seeds were found by search, because they meet days that seldom coincide. */
import type { CensusRow, Company } from './company.js';

const YEAR_2024 = { first: 2024, last: 2024 };

const person = (number: number, salary: string): CensusRow => ({
  employee_id: `E${number}`,
  birth_date: `${1975 + (number % 15)}-02-28`,
  hire_date: `${2005 + (number % 15)}-07-01`,
  termination_date: null,
  annual_salary: salary,
  job_level: null,
});

/** All but one of twenty hires leave, and two came on December 31: one of these leaves that day. */
export const lateHires = (company: Company): Company => ({
  ...company,
  people: [person(1, '120999.99')],
  settings: { headcount_growth: 500_000, termination_rate: 0, new_hire_termination_rate: 950_000 },
  years: YEAR_2024,
  seed: 1022,
});

/** Unlike each other, so that every mix-up of two changes shows in the cents. */
const SAME_DAY_LEVERS: Readonly<Record<string, string>> = {
  promotion_probability: '0.9',
  promotion_raise: '0.123457',
  cola_rate: '0.020001',
};

/** People are promoted on the day of their raise; promotions and raises fall on the day of leaving. */
export const sameDays = (company: Company): Company => ({
  ...company,
  people: Array.from({ length: 200 }, (_, index) => person(index, `${60_000 + 1_000 * index}.01`)),
  levers: company.levers.map((row) => ({
    ...row,
    parameter_value: SAME_DAY_LEVERS[row.parameter_name] ?? row.parameter_value,
  })),
  settings: { headcount_growth: 0, termination_rate: 500_000, new_hire_termination_rate: 0 },
  years: YEAR_2024,
  seed: 344,
});

/** The oldest person a census may hold, through every plan year there may be: 121 years old at the end. */
export const longestHorizon = (company: Company): Company => ({
  ...company,
  people: [
    { ...person(1, '80999.99'), birth_date: '1939-01-01', hire_date: '1953-01-01' },
    ...Array.from({ length: 10 }, (_, index) => person(index + 2, '61000.01')),
  ],
  levers: Array.from({ length: 41 }, (_, index) =>
    company.levers
      .filter((row) => row.fiscal_year === company.years.first)
      .map((row) => ({
        ...row,
        fiscal_year: 2020 + index,
        parameter_value: LONG_LEVERS[row.parameter_name] ?? row.parameter_value,
      })),
  ).flat(),
  settings: { headcount_growth: 30_000, termination_rate: 0, new_hire_termination_rate: 250_000 },
  years: { first: 2020, last: 2060 },
});

const LONG_LEVERS: Readonly<Record<string, string>> = {
  merit_base: '0.02',
  cola_rate: '0.01',
  promotion_raise: '0.12',
};
