/** The opening workforce of the first year: the census without those who left, levels derived where absent. */
import { fromIso } from './calendar.js';
import type { Company, Person } from './company.js';
import { cents } from './exact.js';

export const byText = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));

export function baselineOf({ people, tables }: Company): Person[] {
  return people
    .filter((row) => row.termination_date === null)
    .toSorted((left, right) => byText(left.employee_id, right.employee_id))
    .map((row, index) => {
      const pay = cents(row.annual_salary);
      const derived = tables.levels.findLast(({ min }) => min <= pay)?.level ?? 1;
      return {
        id: row.employee_id,
        number: index + 1,
        birth: fromIso(row.birth_date),
        hire: fromIso(row.hire_date),
        level: row.job_level ?? derived,
        pay,
      };
    });
}
