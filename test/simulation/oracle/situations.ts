/** The rare situations that the compared companies must reach, so that no rule goes unseen. */
import type { EventRow } from './rows.js';
import type { SimulatedRows } from './simulate-company.js';

type Situation = (rows: SimulatedRows) => boolean;

const isPair = (left: EventRow, right: EventRow | undefined, types: readonly [string, string]) =>
  right !== undefined &&
  left.employee_id === right.employee_id &&
  left.simulation_year === right.simulation_year &&
  left.event_type === types[0] &&
  right.event_type === types[1];

/** Two events that follow each other in a person's year. */
const follows =
  (first: string, second: string, holds: (one: EventRow, other: EventRow) => boolean): Situation =>
  ({ events }) =>
    events.some((event, index) => {
      const next = events[index + 1];
      return next !== undefined && isPair(event, next, [first, second]) && holds(event, next);
    });

const sameDay = (one: EventRow, other: EventRow) => one.effective_date === other.effective_date;
const earlier = (one: EventRow, other: EventRow) => one.effective_date < other.effective_date;

export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'promotion, then raise': follows('promotion', 'raise', earlier),
  'raise, then promotion': follows('raise', 'promotion', earlier),
  // With pay high enough that the order shows in the cents.
  'promotion and raise on one day': follows(
    'promotion',
    'raise',
    (one, other) => sameDay(one, other) && Number(one.previous_compensation) > 1000,
  ),
  'promotion before leaving': follows('promotion', 'termination', earlier),
  'raise before leaving': follows('raise', 'termination', earlier),
  'hired and gone on December 31': follows(
    'hire',
    'termination',
    (one, other) => sameDay(one, other) && one.effective_date.endsWith('-12-31'),
  ),
  'hired on December 31 and stays': ({ snapshot }) =>
    snapshot.some(
      (row) => row.detailed_status_code === 'new_hire_active' && row.hire_date.endsWith('-12-31'),
    ),
  'hired on February 29': ({ events }) =>
    events.some((event) => event.event_type === 'hire' && event.effective_date.endsWith('-02-29')),
  'every promotion certain': ({ events }) =>
    events.some((event) => event.event_type === 'promotion' && event.probability === 1),
  'levers of a raise from two scenarios': ({ events }) =>
    events.some((event) => event.parameter_source?.includes('+') === true),
  'a hazard of zero chosen at last': ({ events }) =>
    events.some((event) => event.event_category === 'experienced_termination' && event.probability === 0),
  'nobody stays': ({ growth }) => growth.some((row) => row.stayers === 0),
  'nobody leaves': ({ growth }) =>
    growth.some((row) => row.opening > 1 && row.experienced_terminations === 0),
  'no hires': ({ growth }) => growth.some((row) => row.opening > 1 && row.hires === 0),
  'more leave early than stay': ({ growth }) => growth.some((row) => row.new_hire_terminations > row.closing),
};
