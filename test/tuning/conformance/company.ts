/** A company that answers to levers by formula: each year's growth follows its own levers and those of the year before. */
import type { LeverValue } from '../../../src/runs/optimization.contract.js';
import type { TunableLever } from '../../../src/tuning/problem.js';

/** Growth in percent, as a simulation tells it. */
export interface Measured {
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
}

export type Company = (levers: readonly LeverValue[]) => Measured;

/** A lever with the effect it truly has on the growth of its own year, pp per unit. */
export type EffectiveLever = TunableLever & { readonly effect: number };

/** What an effect on one year's growth takes off the next year's: hire pay raised this year is the norm of the next. */
export const ECHO = -0.1;

export const BASELINE_GROWTH = 3.8;

export const keyOf = ({
  fiscal_year,
  job_level,
  parameter_name,
}: Pick<LeverValue, 'fiscal_year' | 'job_level' | 'parameter_name'>): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;

/** Change of a year's growth, pp, as a function of the change that its effects add up to. */
export type Shape = (effect: number, year: number) => number;

export const yearsOf = (levers: readonly TunableLever[]): number[] =>
  [...new Set(levers.map(({ fiscal_year }) => fiscal_year))].toSorted((left, right) => left - right);

/** Rows are added up in a fixed order, so that the order in which they are asked changes no last digit. */
export function companyOf(levers: readonly EffectiveLever[], shape: Shape): Company {
  const years = yearsOf(levers);
  const rows = levers.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  return (asked) => {
    const values = new Map(asked.map((lever) => [keyOf(lever), lever.value]));
    const effects = years.map((year) =>
      rows
        .filter(({ fiscal_year }) => fiscal_year === year)
        .reduce((total, row) => total + row.effect * ((values.get(keyOf(row)) ?? row.value) - row.value), 0),
    );
    const growths = years.map(
      (year, index) =>
        BASELINE_GROWTH +
        shape(effects[index]!, year) +
        ECHO * (index === 0 ? 0 : shape(effects[index - 1]!, years[index - 1]!)),
    );
    return {
      growth: growths.reduce((total, growth) => total + growth, 0) / growths.length,
      growth_by_year: Object.fromEntries(years.map((year, index) => [String(year), growths[index]!])),
    };
  };
}

/** A fixed figure in −.5 … .5 for a number: the same levers always meet the same noise. */
export const noise = (x: number): number => {
  const scrambled = Math.sin(x * 12.9898 + 1) * 43_758.5453;
  return scrambled - Math.floor(scrambled) - 0.5;
};

/** Responses on which a target inside the range is always met. */
export const REACHABLE = {
  linear: (x) => x,
  'curved up 1.2 %': (x) => x + 0.0012 * x ** 2,
  'curved down 2 %': (x) => x - 0.002 * x ** 2,
  saturating: (x) => 9 * Math.tanh(x / 9),
  stepwise: (x) => Math.round(x * 20) / 20,
  noisy: (x) => x + (x === 0 ? 0 : 0.12 * noise(x)),
  'non-monotone': (x) => x + (x === 0 ? 0 : 0.08 * Math.sin(x * 40)),
  'kinked at today': (x) => (x < 0 ? 1.1 * x : 0.8 * x),
} satisfies Record<string, Shape>;
