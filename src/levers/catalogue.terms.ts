/** The catalogue of levers: everything that the product knows of each, one row a lever. Free of zod; dbt reads it as `state.lever_catalogue`. */

/**
 * What a lever does at its event. `raise` and `promotion` add to the rate by which pay is multiplied there,
 * `promotion_chance` is how many of a level's eligible people are promoted, `hire_pay` multiplies what a hire gets, and
 * `cash` is paid out on the raise's day as a share of the pay in force from then on, without changing that pay.
 */
export type LeverEffect = 'raise' | 'promotion' | 'promotion_chance' | 'hire_pay' | 'cash';

export interface LeverDefinition {
  /** The event that it acts on, as lever files name it. */
  readonly eventType: 'RAISE' | 'PROMOTION' | 'HIRE';
  readonly effect: LeverEffect;
  /** rate: a decimal (0.02 = 2 %), also of a probability. multiplier: 1.16 = 16 % more. */
  readonly unit: 'rate' | 'multiplier';
  /** Decimal. Inclusive at both ends; outside: refused. */
  readonly hardRange: readonly [number, number];
  /** Where the tuner may go by default. Inclusive at both ends. */
  readonly bounds: readonly [number, number];
  /** Size of one ordinary step, a decimal: the tuner's measure of a change. */
  readonly step: number;
  /** The value that changes nothing; it holds where a lever set has no row of this lever at all. */
  readonly neutral: number;
  /** One decision for all levels of a year: the tuner moves its rows together. */
  readonly isTogether: boolean;
  /** Tuned unless a request says otherwise. */
  readonly isTuned: boolean;
  /** Place in the aggressive strategy: the lowest goes to its bound first. */
  readonly eagerness: number;
  /** Place in the waterfall of an impact: the lowest is changed first. */
  readonly waterfall: number;
  /** Where the average over the levels mostly lies; outside of it people are asked whether it is meant. */
  readonly usual?: { readonly low?: number; readonly high: number };
  /** How people call it, and where there is little room. */
  readonly label: string;
  readonly shortLabel: string;
}

/** Figures of docs/model/levers.md; the order is that of a scenario's rows in a lever file. */
export const PARAMETERS = {
  merit_base: {
    eventType: 'RAISE',
    effect: 'raise',
    unit: 'rate',
    hardRange: [0, 0.5],
    bounds: [0.01, 0.1],
    step: 0.01,
    neutral: 0,
    isTogether: false,
    isTuned: true,
    eagerness: 2,
    waterfall: 2,
    usual: { low: 0.02, high: 0.08 },
    label: 'Merit',
    shortLabel: 'Merit',
  },
  cola_rate: {
    eventType: 'RAISE',
    effect: 'raise',
    unit: 'rate',
    hardRange: [0, 0.1],
    bounds: [0, 0.08],
    step: 0.01,
    neutral: 0,
    isTogether: true,
    isTuned: true,
    eagerness: 1,
    waterfall: 1,
    usual: { low: 0.01, high: 0.06 },
    label: 'COLA',
    shortLabel: 'COLA',
  },
  promotion_probability: {
    eventType: 'PROMOTION',
    effect: 'promotion_chance',
    unit: 'rate',
    hardRange: [0, 1],
    bounds: [0.01, 0.2],
    step: 0.01,
    neutral: 0,
    isTogether: false,
    isTuned: false,
    eagerness: 5,
    waterfall: 3,
    label: 'Promotion probability',
    shortLabel: 'Promotion prob.',
  },
  promotion_raise: {
    eventType: 'PROMOTION',
    effect: 'promotion',
    unit: 'rate',
    hardRange: [0, 1],
    bounds: [0.05, 0.25],
    step: 0.01,
    neutral: 0,
    isTogether: false,
    isTuned: false,
    eagerness: 4,
    waterfall: 4,
    label: 'Promotion raise',
    shortLabel: 'Promotion raise',
  },
  new_hire_salary_adjustment: {
    eventType: 'HIRE',
    effect: 'hire_pay',
    unit: 'multiplier',
    hardRange: [0.5, 3],
    bounds: [1, 1.4],
    step: 0.1,
    neutral: 1,
    isTogether: false,
    isTuned: true,
    eagerness: 3,
    waterfall: 5,
    usual: { high: 1.3 },
    label: 'New-hire pay multiplier',
    shortLabel: 'Hire pay',
  },
} as const satisfies Record<string, LeverDefinition>;

export type ParameterName = keyof typeof PARAMETERS;
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as [ParameterName, ...ParameterName[]];

/** A lever's row, with the fields that some levers leave out. */
export const definitionOf = (parameter: ParameterName): LeverDefinition => PARAMETERS[parameter];

/** The levers with this effect, in the order of the catalogue. */
export const leversWith = (effect: LeverEffect): ParameterName[] =>
  PARAMETER_NAMES.filter((name) => definitionOf(name).effect === effect);

/** All levers by a figure of the catalogue, the lowest first. */
export const leversBy = (order: 'eagerness' | 'waterfall'): ParameterName[] =>
  PARAMETER_NAMES.toSorted((left, right) => PARAMETERS[left][order] - PARAMETERS[right][order]);

/** Whether any lever pays cash beside base pay: only then do results speak of it. */
export const PAYS_CASH = leversWith('cash').length > 0;

/** What tuner and reports call the rows that move as one: the level, or all of them. */
export const levelGroupOf = (row: {
  readonly parameter_name: ParameterName;
  readonly job_level: number;
}): number | 'all' => (definitionOf(row.parameter_name).isTogether ? 'all' : row.job_level);

/** A lever held to six decimals, so that it survives a file unchanged. */
export const roundLever = (value: number): number => Number(value.toFixed(6));
