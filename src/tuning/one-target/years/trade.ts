/** Levers traded between years: a year out of reach with the levers of the years before may be met with other ones. */
import { levelGroupOf } from '../../../levers/catalogue.terms.js';
import { roundLever } from '../../../levers/catalogue.terms.js';
import { cornerValue } from '../../knobs.js';
import type { TuningProblem } from '../../problem.js';
import { leastChange, type LeastChange, type Turn, type Wanted } from './least-change.js';
import type { YearResponse } from './response.js';

export interface TradeAsked {
  readonly problem: TuningProblem;
  readonly slopeOf: YearResponse['slopeOf'];
  /** Levers that leave a year short, in the problem's order. */
  readonly values: readonly number[];
  /** By year, pp: what each year's growth lacks at these levers by the prediction. */
  readonly lacking: readonly number[];
  /** The first year (by index) that lacks more than the tolerance. */
  readonly short: number;
  /** Share of each lever's range that the trade leaves unused at both ends, for what the prediction misses. */
  readonly reserve: number;
}

/** A year that stays short by the prediction is tried all the same where this share of the gain is what it lacks. */
const DOUBT = 0.1;

/** What earlier years have is kept whatever a later one lacks. */
const KEPT = 1e7;
const WANTED = 1e3;

interface Group extends Turn {
  readonly rows: readonly number[];
  readonly width: number;
}

/**
 * The least change of all years' levers that brings the short year to the target while the years before stay there,
 * and then each later year as near as can be; null where the prediction shows too little gain.
 */
export function tradeBetweenYears(asked: TradeAsked): number[] | null {
  const { problem, lacking, short } = asked;
  const groups = groupsOf(asked);
  if (groups === null) return null;
  const solve = (wanted: readonly Wanted[]): LeastChange =>
    leastChange(
      groups.map((group) => ({ ...group, effects: group.effects.slice(0, wanted.length) })),
      wanted,
    );
  const kept: Wanted[] = lacking.slice(0, short).map((change) => ({ change, weight: KEPT }));
  let found = solve(kept);
  for (let year = short; year < lacking.length; year++) {
    const change = lacking[year]!;
    found = solve([...kept, { change, weight: WANTED }]);
    const left = found.missing[year]!;
    const gain = Math.abs(change) - Math.abs(left);
    if (year === short && Math.abs(left) > problem.tolerance + DOUBT * gain) return null;
    kept.push({ change: change - left, weight: KEPT });
  }
  return movedBy(asked, groups, found.amounts);
}

function movedBy(
  { problem, values }: TradeAsked,
  groups: readonly Group[],
  amounts: readonly number[],
): number[] {
  const moved = [...values];
  groups.forEach(({ rows, width }, index) => {
    for (const row of rows) {
      const lever = problem.levers[row]!;
      // Adding 0: a tiny negative value rounds to −0, which JSON cannot hold.
      const value = roundLever(values[row]! + amounts[index]! * width) + 0;
      moved[row] = Math.min(Math.max(value, cornerValue(lever, 'low')), cornerValue(lever, 'high'));
    }
  });
  return moved;
}

/** Cost-of-living is one decision for all levels of a year; null where the effect of some lever was not measured. */
function groupsOf({ problem, slopeOf, values, lacking, reserve }: TradeAsked): Group[] | null {
  const rowsByName = new Map<string, number[]>();
  problem.levers.forEach((lever, row) => {
    if (cornerValue(lever, 'low') === cornerValue(lever, 'high')) return;
    const name = `${lever.parameter_name} ${lever.fiscal_year} ${levelGroupOf(lever)}`;
    rowsByName.set(name, [...(rowsByName.get(name) ?? []), row]);
  });
  const groups = [...rowsByName.values()].map((rows): Group | null => {
    const rooms = rows.map((row) => {
      const lever = problem.levers[row]!;
      return [cornerValue(lever, 'low') - values[row]!, cornerValue(lever, 'high') - values[row]!] as const;
    });
    const width = Math.max(...rooms.map(([low, high]) => high - low));
    const slopes = lacking.map((_, year) => rows.map((row) => slopeOf(year, row)));
    if (slopes.flat().includes(null)) return null;
    const low = Math.max(...rooms.map(([own]) => own)) / width + reserve;
    const high = Math.min(...rooms.map(([, own]) => own)) / width - reserve;
    return {
      rows,
      width,
      effects: slopes.map((own) => own.reduce<number>((sum, slope) => sum + (slope ?? 0) * width, 0)),
      // Where today's rows differ, the ranges that all of them allow may be narrower than the reserve.
      low: Math.min(low, (low + high) / 2),
      high: Math.max(high, (low + high) / 2),
    };
  });
  const known = groups.filter((group) => group !== null);
  return known.length === groups.length ? known : null;
}
