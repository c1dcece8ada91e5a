/** The tunable parameters, their hard ranges and optimiser bounds; free of zod, so that workflows may load it. */

/** A parameter's event, hard range (outside: error), optimiser bounds, and weight in the conservative path. */
export interface ParameterDefinition {
  readonly eventType: 'RAISE' | 'PROMOTION' | 'HIRE';
  /** Decimal rate, or a multiplier for hire pay. Inclusive at both ends. */
  readonly hardRange: readonly [number, number];
  /** Where the optimiser may go by default. Inclusive at both ends. */
  readonly bounds: readonly [number, number];
  /** Size of one ordinary step: 0.01 for rates, 0.10 for the hire pay multiplier. */
  readonly step: number;
}

/** Ranges and bounds of domain.md 2.5; the order is the order of a scenario's rows in the file. */
export const PARAMETERS = {
  merit_base: { eventType: 'RAISE', hardRange: [0, 0.5], bounds: [0.01, 0.1], step: 0.01 },
  cola_rate: { eventType: 'RAISE', hardRange: [0, 0.1], bounds: [0, 0.08], step: 0.01 },
  promotion_probability: {
    eventType: 'PROMOTION',
    hardRange: [0, 1],
    bounds: [0.01, 0.2],
    step: 0.01,
  },
  promotion_raise: { eventType: 'PROMOTION', hardRange: [0, 1], bounds: [0.05, 0.25], step: 0.01 },
  new_hire_salary_adjustment: {
    eventType: 'HIRE',
    hardRange: [0.5, 3],
    bounds: [1, 1.4],
    step: 0.1,
  },
} as const satisfies Record<string, ParameterDefinition>;

export const PARAMETER_NAMES = Object.keys(PARAMETERS) as [ParameterName, ...ParameterName[]];
export type ParameterName = keyof typeof PARAMETERS;

/** A lever held to six decimals, so that it survives a file unchanged (domain.md 3). */
export const roundLever = (value: number): number => Number(value.toFixed(6));
