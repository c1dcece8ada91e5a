/** Levers that plan years need and a scenario lacks: all of them in one list, with the commands that set them. */
import { PARAMETER_NAMES, type LeverKey, type ParameterName } from './lever.contract.js';
import { shellWord } from '../shared/errors/shell-word.js';

export interface MissingLevers {
  readonly scenario: string;
  /** Such as `2030–2031, level 1–5: merit_base, cola_rate`. */
  readonly missing: readonly string[];
  /** Ready to paste once the values stand in place of VALUE, and the reason in place of WHY. */
  readonly commands: readonly string[];
}

/** @param keys at least one */
export function missingLevers(scenario: string, keys: readonly LeverKey[]): MissingLevers {
  const groups = grouped(keys);
  return {
    scenario,
    missing: groups.map(
      ({ years, levels, names }) =>
        `${ranges(years, '–')}, level ${ranges(levels, '–')}: ${names.join(', ')}`,
    ),
    commands: groups.map(({ years, levels, names }) =>
      [
        'meritloop levers set',
        ...names.map((name) => `${name}=VALUE`),
        `--years ${ranges(years, '-')} --level ${ranges(levels, '-')}`,
        `--scenario ${shellWord(scenario)} --reason WHY`,
      ].join(' '),
    ),
  };
}

/** Parameters that lack the same years and levels are one group. */
function grouped(keys: readonly LeverKey[]) {
  // Levels that lack the same years of a parameter come together first, then parameters.
  const yearsOf = new Map<string, { name: string; level: number; years: number[] }>();
  for (const { parameter_name: name, job_level: level, fiscal_year } of keys) {
    const place = `${name} ${level}`;
    const found = yearsOf.get(place) ?? { name, level, years: [] };
    found.years.push(fiscal_year);
    yearsOf.set(place, found);
  }
  const blocks = new Map<string, { name: string; years: number[]; levels: number[] }>();
  for (const { name, level, years } of yearsOf.values()) {
    const place = `${name} ${ranges(years, '-')}`;
    const found = blocks.get(place) ?? { name, years, levels: [] };
    found.levels.push(level);
    blocks.set(place, found);
  }
  const groups = new Map<string, { years: number[]; levels: number[]; names: string[] }>();
  for (const { name, years, levels } of blocks.values()) {
    const place = `${ranges(years, '-')} ${ranges(levels, '-')}`;
    const found = groups.get(place) ?? { years, levels, names: [] };
    found.names.push(name);
    groups.set(place, found);
  }
  const order: readonly string[] = PARAMETER_NAMES;
  return [...groups.values()].map((group) => ({
    ...group,
    names: group.names.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)),
  }));
}

/** `2025-2027,2029`. */
function ranges(numbers: readonly number[], dash: string): string {
  const parts: { first: number; last: number }[] = [];
  for (const number of [...new Set(numbers)].toSorted((one, other) => one - other)) {
    const open = parts.at(-1);
    if (open?.last === number - 1) open.last = number;
    else parts.push({ first: number, last: number });
  }
  return parts.map(({ first, last }) => (first === last ? `${first}` : `${first}${dash}${last}`)).join(',');
}

/** Levers that the years need beside those of the rows: each of these parameters in each year and level. */
export function lackingLevers(
  rows: readonly LeverKey[],
  years: readonly number[],
  levels: readonly number[],
  names: readonly ParameterName[],
): LeverKey[] {
  const place = ({ fiscal_year, job_level, parameter_name }: LeverKey): string =>
    `${fiscal_year} ${job_level} ${parameter_name}`;
  const known = new Set(rows.map(place));
  return years
    .flatMap((fiscal_year) =>
      names.flatMap((parameter_name) =>
        levels.map((job_level) => ({ fiscal_year, job_level, parameter_name })),
      ),
    )
    .filter((key) => !known.has(place(key)));
}
