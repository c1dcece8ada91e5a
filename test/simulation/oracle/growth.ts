/** Growth of one year and the parts that add up to it, from the rows of events and snapshot. */
import type { Person } from './company.js';
import { cents, over, plus, times, toNumber, whole, type Fraction } from './exact.js';
import type { EventRow, GrowthRow, PayRow, SnapshotRow } from './rows.js';

const ZERO = whole(0);
const HUNDRED = whole(100);
const DAY_MS = 86_400_000;

const minus = (left: Fraction, right: Fraction): Fraction => plus(left, { num: -right.num, den: right.den });
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
/** No values have zero. */
const mean = (values: readonly bigint[]): Fraction =>
  values.length === 0 ? ZERO : { num: sum(values), den: BigInt(values.length) };
const inDollars = (amount: Fraction): number => toNumber(over(amount, HUNDRED));

function median(values: readonly bigint[]): Fraction {
  const sorted = values.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  const upper = Math.floor(sorted.length / 2);
  const lower = sorted.length % 2 === 1 ? upper : upper - 1;
  return mean([sorted[lower] ?? 0n, sorted[upper] ?? 0n]);
}

/** The baseline's actives at the annual rate that the census holds; earned from January 1 or the day of hire on. */
export function baselinePay(year: number, people: readonly Person[]): PayRow {
  const pay = people.map((person) => person.pay);
  return {
    simulation_year: year,
    closing: people.length,
    payroll: inDollars(whole(sum(pay))),
    mean_pay: inDollars(mean(pay)),
    median_pay: inDollars(median(pay)),
    prorated_mean_pay: inDollars(mean(people.map((person) => earnedIn(year, person)))),
  };
}

/** Cents, half a cent up. */
function earnedIn(year: number, { hire, pay }: Person): bigint {
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  const next = Date.UTC(year + 1, 0, 1) / DAY_MS;
  const [days, there] = [BigInt(next - first), BigInt(next - Math.max(first, hire))];
  return (2n * pay * there + days) / (2n * days);
}

/** @param opening everyone active at the end of the preceding year (first: the baseline's actives). */
export function growthOf(
  scenario: string,
  year: number,
  opening: readonly Person[],
  events: readonly EventRow[],
  snapshot: readonly SnapshotRow[],
): GrowthRow {
  const withStatus = (...statuses: readonly string[]) =>
    snapshot.filter((row) => statuses.includes(row.detailed_status_code));
  const pay = (rows: readonly SnapshotRow[]) => rows.map((row) => cents(row.current_compensation));
  const openingPay = (rows: readonly SnapshotRow[]) =>
    rows.map((row) => cents(row.opening_compensation ?? '0'));
  const stayers = withStatus('continuous_active');
  const actives = withStatus('continuous_active', 'new_hire_active');
  const before = mean(opening.map((person) => person.pay));
  const now = mean(pay(actives));
  const stayerIds = new Set(stayers.map((row) => row.employee_id));
  const amounts = (type: EventRow['event_type']) =>
    events
      .filter((event) => event.event_type === type && stayerIds.has(event.employee_id))
      .map((event) => cents(event.new_compensation ?? '0') - cents(event.previous_compensation ?? '0'));
  const part = (amount: Fraction) => toNumber(times(HUNDRED, over(amount, before)));
  const perStayer = (type: EventRow['event_type']) =>
    stayers.length === 0 ? 0 : part({ num: sum(amounts(type)), den: BigInt(stayers.length) });
  const count = (column: 'event_type' | 'event_category', value: string) =>
    events.filter((event) => event[column] === value).length;
  const total = (status: string) => inDollars(whole(sum(pay(withStatus(status)))));
  return {
    scenario_id: scenario,
    simulation_year: year,
    opening: opening.length,
    hires: count('event_type', 'hire'),
    experienced_terminations: count('event_category', 'experienced_termination'),
    new_hire_terminations: count('event_category', 'new_hire_termination'),
    promotions: count('event_type', 'promotion'),
    raises: count('event_type', 'raise'),
    closing: actives.length,
    stayers: stayers.length,
    payroll: inDollars(whole(sum(pay(actives)))),
    mean_pay: inDollars(now),
    median_pay: inDollars(median(pay(actives))),
    prorated_mean_pay: inDollars(mean(actives.map((row) => cents(row.prorated_compensation)))),
    continuous_active_pay: total('continuous_active'),
    new_hire_active_pay: total('new_hire_active'),
    experienced_termination_pay: total('experienced_termination'),
    new_hire_termination_pay: total('new_hire_termination'),
    // Those active at the end of both years are the stayers.
    matched_cohort_growth:
      stayers.length === 0
        ? null
        : toNumber(
            times(
              HUNDRED,
              over(minus(mean(pay(stayers)), mean(openingPay(stayers))), mean(openingPay(stayers))),
            ),
          ),
    growth: part(minus(now, before)),
    raises_growth: perStayer('raise'),
    promotions_growth: perStayer('promotion'),
    hires_growth: stayers.length === 0 ? part(minus(now, before)) : part(minus(now, mean(pay(stayers)))),
    leavers_growth: stayers.length === 0 ? 0 : part(minus(mean(openingPay(stayers)), before)),
    // No lever of the catalogue pays cash beside pay.
    cash_paid: 0,
  };
}
