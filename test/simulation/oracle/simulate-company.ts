/** A second, independent reading of the rule book (docs/model): the whole simulation in exact arithmetic, one person at a time. */
import { baselineOf } from './baseline.js';
import { liveYear } from './career-year.js';
import type { Company, Person } from './company.js';
import { effectiveLevers } from './effective-levers.js';
import { flowOf, type YearContext } from './flow.js';
import { baselinePay, growthOf } from './growth.js';
import { promotionsOf, raisesOf } from './pay-changes.js';
import type { EventRow, GrowthRow, PayRow, SnapshotRow } from './rows.js';
import { drawsOf } from './year-draws.js';

export interface SimulatedRows {
  readonly events: readonly EventRow[];
  readonly snapshot: readonly SnapshotRow[];
  readonly growth: readonly GrowthRow[];
  /** One row: the year before the first. */
  readonly baseline: readonly PayRow[];
}

export function simulateCompany(company: Company): SimulatedRows {
  const { years, seed } = company;
  const levers = effectiveLevers(company);
  const events: EventRow[] = [];
  const snapshot: SnapshotRow[] = [];
  const growth: GrowthRow[] = [];
  let opening: readonly Person[] = baselineOf(company);
  const baseline = [baselinePay(years.first - 1, opening)];
  for (let year = years.first; year <= years.last; year += 1) {
    const outcomes = simulateYear({ company, year, levers, draws: drawsOf(seed, year) }, opening);
    const yearEvents = outcomes.flatMap((outcome) => outcome.events);
    const yearSnapshot = outcomes.map((outcome) => outcome.snapshot);
    events.push(...yearEvents);
    snapshot.push(...yearSnapshot);
    growth.push(growthOf(company.scenario, year, opening, yearEvents, yearSnapshot));
    opening = outcomes
      .filter((outcome) => outcome.snapshot.employment_status === 'active')
      .map((outcome) => outcome.person);
  }
  return { events, snapshot, growth, baseline };
}

function simulateYear(context: YearContext, opening: readonly Person[]) {
  const { hires, leavings } = flowOf(context, opening);
  const promotions = promotionsOf(context, opening, leavings);
  const raises = raisesOf(context, opening, leavings);
  const people = [
    ...opening.map((person) => ({ person, isHire: false })),
    ...hires.map((person) => ({ person, isHire: true })),
  ];
  return people.map(({ person, isHire }) =>
    liveYear(context, {
      person,
      isHire,
      leaving: leavings.get(person.id),
      promotion: promotions.get(person.id),
      raiseDay: raises.get(person.id),
    }),
  );
}
