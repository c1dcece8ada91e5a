/** Who is promoted and who gets a raise in a year, and when. */
import { dayOf, daysInMonth, daysInYear, wholeYearsAt, yearStart } from './calendar.js';
import type { Person } from './company.js';
import { clamp, compare, over, plus, times, whole, type Fraction } from './exact.js';
import type { Leaving, YearContext } from './flow.js';
import { chooseByShare, indexOf } from './year-draws.js';

const TOP_LEVEL = 5;
const LAST_PROMOTION_AGE = 64;

export interface Promotion {
  readonly day: number;
  readonly probability: Fraction;
}

type Leavings = ReadonlyMap<string, Leaving>;

/** A change counts only before the day of leaving. */
const isStillThere = (leavings: Leavings, id: string, day: number): boolean => {
  const leaving = leavings.get(id);
  return leaving === undefined || day < leaving.day;
};

export function promotionsOf(
  { company, year, draws, levers }: YearContext,
  opening: readonly Person[],
  leavings: Leavings,
): Map<string, Promotion> {
  const eligible = opening
    .map((person) => ({
      person,
      age: wholeYearsAt(year, person.birth),
      tenure: wholeYearsAt(year, person.hire),
    }))
    .filter(({ person, age, tenure }) => tenure >= 1 && person.level < TOP_LEVEL && age <= LAST_PROMOTION_AGE)
    .map(({ person, age, tenure }) => ({
      person,
      shape: times(company.tables.shape.age(age), company.tables.shape.tenure(tenure)),
    }));
  const meanShapes = new Map(
    [...new Set(eligible.map(({ person }) => person.level))].map((level) => {
      const shapes = eligible.filter(({ person }) => person.level === level).map(({ shape }) => shape);
      return [level, over(plus(...shapes), whole(shapes.length))];
    }),
  );
  const promotions = new Map<string, Promotion>();
  for (const { person, shape } of eligible) {
    const mean = meanShapes.get(person.level) ?? whole(0);
    const { value } = levers('promotion_probability', year, person.level);
    // Where nobody's shape is above zero there is no rate to share out.
    const probability = mean.num === 0n ? whole(0) : clamp(over(times(value, shape), mean));
    const day = yearStart(year) + indexOf(draws('promotion_date', person.id), daysInYear(year));
    if (compare(draws('promotion', person.id), probability) < 0 && isStillThere(leavings, person.id, day))
      promotions.set(person.id, { day, probability });
  }
  return promotions;
}

/** The day of each raise by employee id. */
export function raisesOf(
  { company, year, draws }: YearContext,
  opening: readonly Person[],
  leavings: Leavings,
): Map<string, number> {
  return new Map(
    opening
      .filter((person) => wholeYearsAt(year, person.hire) >= 1)
      .map(({ id }): [string, number] => {
        const month = chooseByShare(draws('raise_month', id), company.tables.raiseMonths);
        return [id, dayOf(year, month, 1) + indexOf(draws('raise_day', id), daysInMonth(year, month))];
      })
      .filter(([id, day]) => isStillThere(leavings, id, day)),
  );
}
