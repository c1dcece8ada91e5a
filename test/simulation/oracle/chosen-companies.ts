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
