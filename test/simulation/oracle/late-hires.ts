/** A company that loses someone hired on December 31: all but one of its hires leave, and two came that day. */
import type { Company } from './company.js';

/** @param company lends its levers, tables and years. */
export function lateHires(company: Company): Company {
  const { first } = company.years;
  return {
    ...company,
    people: [
      {
        employee_id: 'E1',
        birth_date: '1980-02-29',
        hire_date: '2004-02-29',
        termination_date: null,
        annual_salary: '120999.99',
        job_level: null,
      },
    ],
    settings: { headcount_growth: 500_000, termination_rate: 0, new_hire_termination_rate: 950_000 },
    years: { first, last: first },
    // Found by search: about one seed in a thousand draws December 31 for two of twenty hires of 2024.
    seed: 1022,
  };
}
