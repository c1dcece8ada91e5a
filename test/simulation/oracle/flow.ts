/** Who leaves and who is hired in a year: quotas, choice orders and dates. */
import { daysInYear, wholeYearsAt, yearEnd, yearsEarlier, yearStart } from './calendar.js';
import type { Company, Person } from './company.js';
import type { EffectiveLevers } from './effective-levers.js';
import {
  ceil,
  clamp,
  compare,
  decimal,
  floor,
  over,
  plus,
  round,
  times,
  whole,
  type Fraction,
} from './exact.js';
import { chooseByShare, indexOf, type Draws } from './year-draws.js';

export interface Leaving {
  readonly day: number;
  readonly category: 'experienced_termination' | 'new_hire_termination';
  readonly hazard: Fraction | null;
}

export interface YearFlow {
  readonly hires: readonly Person[];
  readonly leavings: ReadonlyMap<string, Leaving>;
}

export interface YearContext {
  readonly company: Company;
  readonly year: number;
  readonly draws: Draws;
  readonly levers: EffectiveLevers;
}

const MILLION = 1_000_000;
const rate = (millionths: number): Fraction => ({ num: BigInt(millionths), den: BigInt(MILLION) });

export function flowOf(context: YearContext, opening: readonly Person[]): YearFlow {
  const { settings } = context.company;
  const planned = round(times(whole(opening.length), rate(MILLION + settings.headcount_growth)));
  const quota = round(times(whole(opening.length), rate(settings.termination_rate)));
  const net = planned - (BigInt(opening.length) - quota);
  if (net <= 0n) return { hires: [], leavings: experiencedLeavings(context, opening, Number(quota - net)) };
  const needed = hiresFor(whole(net), rate(settings.new_hire_termination_rate));
  const hires = hiresOf(context, Number(needed));
  const leavings = [
    ...experiencedLeavings(context, opening, Number(quota)),
    ...newHireLeavings(context, hires, Number(needed - net)),
  ];
  return { hires, leavings: new Map(leavings) };
}

/** Enough hires that `net` are left when their share of early leavers has gone. */
export const hiresFor = (net: Fraction, earlyLeavingRate: Fraction): bigint =>
  ceil(over(net, plus(whole(1), times(whole(-1), earlyLeavingRate))));

function experiencedLeavings(
  { company, year, draws }: YearContext,
  opening: readonly Person[],
  count: number,
) {
  const { base, level, age, tenure } = company.tables.hazard;
  const candidates = opening.map((person) => ({
    person,
    u: draws('termination', person.id),
    hazard: clamp(
      times(
        base,
        level(person.level),
        age(wholeYearsAt(year, person.birth)),
        tenure(wholeYearsAt(year, person.hire)),
      ),
    ),
  }));
  const chosen = candidates
    .toSorted((left, right) => {
      const neverLeft = left.hazard.num === 0n;
      const neverRight = right.hazard.num === 0n;
      if (neverLeft || neverRight) {
        return Number(neverLeft) - Number(neverRight) || left.person.number - right.person.number;
      }
      return (
        compare(over(left.u, left.hazard), over(right.u, right.hazard)) ||
        left.person.number - right.person.number
      );
    })
    .slice(0, count);
  return new Map(
    chosen.map(({ person, hazard }): [string, Leaving] => {
      const drawn = yearStart(year) + indexOf(draws('termination_date', person.id), daysInYear(year));
      return [
        person.id,
        { day: Math.max(drawn, person.hire + 1), category: 'experienced_termination', hazard },
      ];
    }),
  );
}

/** Hires by level: largest remainder, ties to the lower level. */
export function splitOverLevels(count: number, shares: Company['tables']['hireLevels']): Map<number, number> {
  const sum = plus(...shares.map(({ share }) => share));
  const parts = shares.map(({ value, share }) => {
    const exact = over(times(whole(count), share), sum);
    const wholePart = floor(exact);
    return { level: value, wholePart, remainder: plus(exact, whole(-wholePart)) };
  });
  const left = count - Number(parts.reduce((total, { wholePart }) => total + wholePart, 0n));
  const extra = new Set(
    parts
      .toSorted((one, other) => compare(other.remainder, one.remainder) || one.level - other.level)
      .slice(0, left)
      .map(({ level }) => level),
  );
  return new Map(
    parts.map(({ level, wholePart }) => [level, Number(wholePart) + (extra.has(level) ? 1 : 0)]),
  );
}

function hiresOf({ company, year, draws, levers }: YearContext, count: number): Person[] {
  const { hireLevels, hireAges, levels } = company.tables;
  const byLevel = [...splitOverLevels(count, hireLevels)].toSorted(([one], [other]) => one - other);
  return byLevel
    .flatMap(([level, hires]) => Array.from({ length: hires }, () => level))
    .map((level, index) => {
      const id = `NH_${year}_${String(index + 1).padStart(7, '0')}`;
      const hire = yearStart(year) + indexOf(draws('hire_date', id), daysInYear(year));
      const age = chooseByShare(draws('hire_age', id), hireAges);
      const birth = yearsEarlier(hire, age) - indexOf(draws('hire_birth_day', id), 365);
      const midpoint = levels.find((row) => row.level === level)?.midpoint ?? 0n;
      const spread = plus(decimal('0.90'), times(decimal('0.18'), draws('hire_pay', id)));
      const { value: adjustment } = levers('new_hire_salary_adjustment', year, level);
      const pay = round(times(whole(midpoint), spread, adjustment));
      return { id, number: year * 10_000_000 + index + 1, birth, hire, level, pay };
    });
}

function newHireLeavings({ year, draws }: YearContext, hires: readonly Person[], count: number) {
  const last = yearEnd(year);
  const chosen = hires
    .map((person) => ({ person, u: draws('new_hire_termination', person.id) }))
    .toSorted(
      (left, right) =>
        Number(left.person.hire === last) - Number(right.person.hire === last) ||
        compare(left.u, right.u) ||
        left.person.number - right.person.number,
    )
    .slice(0, count);
  return chosen.map(({ person }): [string, Leaving] => {
    const days = Math.max(1, last - person.hire);
    const drawn = person.hire + 1 + indexOf(draws('new_hire_termination_date', person.id), days);
    return [person.id, { day: Math.min(drawn, last), category: 'new_hire_termination', hazard: null }];
  });
}
