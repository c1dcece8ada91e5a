/** One person's year: events in order with the pay in force, and the row of the snapshot. */
import { daysInYear, toIso, wholeYearsAt, yearEnd, yearStart } from './calendar.js';
import type { Person } from './company.js';
import { dollars, ONE, plus, round, times, toNumber, whole, type Fraction } from './exact.js';
import type { Leaving, YearContext } from './flow.js';
import type { Promotion } from './pay-changes.js';
import type { EventRow, SnapshotRow } from './rows.js';

export interface CareerYear {
  readonly person: Person;
  readonly isHire: boolean;
  readonly leaving: Leaving | undefined;
  readonly promotion: Promotion | undefined;
  readonly raiseDay: number | undefined;
}

export interface CareerOutcome {
  readonly events: readonly EventRow[];
  readonly snapshot: SnapshotRow;
  /** The person as the next year opens. */
  readonly person: Person;
}

type Moment = Pick<EventRow, 'event_type'> & { readonly day: number };

const SAME_DAY_ORDER = ['hire', 'promotion', 'raise', 'termination'];

function momentsOf({ person, isHire, leaving, promotion, raiseDay }: CareerYear): Moment[] {
  return [
    ...(isHire ? [{ event_type: 'hire' as const, day: person.hire }] : []),
    ...(promotion ? [{ event_type: 'promotion' as const, day: promotion.day }] : []),
    ...(raiseDay === undefined ? [] : [{ event_type: 'raise' as const, day: raiseDay }]),
    ...(leaving ? [{ event_type: 'termination' as const, day: leaving.day }] : []),
  ].toSorted(
    (left, right) =>
      left.day - right.day ||
      SAME_DAY_ORDER.indexOf(left.event_type) - SAME_DAY_ORDER.indexOf(right.event_type),
  );
}

export function liveYear({ company, year, levers }: YearContext, career: CareerYear): CareerOutcome {
  const { person, isHire, leaving, promotion } = career;
  const firstDay = Math.max(yearStart(year), person.hire);
  const lastDay = Math.min(yearEnd(year), leaving?.day ?? yearEnd(year));
  let { level, pay } = person;
  /** Cents times days at the pay in force, up to `paidUntil` without that day. */
  let earned = 0n;
  let paidUntil = firstDay;
  const raisePay = (day: number, ...rates: readonly Fraction[]) => {
    earned += pay * BigInt(day - paidUntil);
    paidUntil = day;
    pay = round(times(whole(pay), plus(ONE, ...rates)));
  };
  const events = momentsOf(career).map(({ event_type, day }, index): EventRow => {
    const before = { level, pay };
    const common = {
      scenario_id: company.scenario,
      simulation_year: year,
      event_sequence: index + 1,
      employee_id: person.id,
      event_type,
      event_category: event_type === 'termination' && leaving ? leaving.category : event_type,
      effective_date: toIso(day),
    };
    if (event_type === 'hire') {
      return {
        ...common,
        level_before: null,
        level_after: level,
        previous_compensation: null,
        new_compensation: dollars(pay),
        probability: null,
        parameter_source: levers('new_hire_salary_adjustment', year, level).source,
      };
    }
    if (event_type === 'termination') {
      return {
        ...common,
        level_before: level,
        level_after: null,
        previous_compensation: dollars(pay),
        new_compensation: null,
        probability: leaving?.hazard ? toNumber(leaving.hazard) : null,
        parameter_source: null,
      };
    }
    const sources = new Set<string>();
    if (event_type === 'promotion') {
      sources.add(levers('promotion_probability', year, level).source);
      raisePay(day, levers('promotion_raise', year, level).value);
      level += 1;
    } else {
      const merit = levers('merit_base', year, level);
      const cola = levers('cola_rate', year, level);
      sources.add(merit.source).add(cola.source);
      raisePay(day, merit.value, cola.value);
    }
    return {
      ...common,
      level_before: before.level,
      level_after: level,
      previous_compensation: dollars(before.pay),
      new_compensation: dollars(pay),
      probability: event_type === 'promotion' && promotion ? toNumber(promotion.probability) : null,
      parameter_source: [...sources].join('+'),
    };
  });
  earned += pay * BigInt(lastDay + 1 - paidUntil);
  const status = leaving ? 'terminated' : 'active';
  return {
    events,
    person: { ...person, level, pay },
    snapshot: {
      scenario_id: company.scenario,
      simulation_year: year,
      employee_id: person.id,
      birth_date: toIso(person.birth),
      hire_date: toIso(person.hire),
      termination_date: leaving ? toIso(leaving.day) : null,
      age: wholeYearsAt(year, person.birth),
      tenure: wholeYearsAt(year, person.hire),
      level_id: level,
      opening_compensation: isHire ? null : dollars(person.pay),
      current_compensation: dollars(pay),
      prorated_compensation: dollars(round({ num: earned, den: BigInt(daysInYear(year)) })),
      employment_status: status,
      detailed_status_code: leaving?.category ?? (isHire ? 'new_hire_active' : 'continuous_active'),
    },
  };
}
