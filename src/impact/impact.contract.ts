/** What callers may ask about the effect of levers, and the answer: every figure from a simulation (`impact --json`). */
import { z } from 'zod';
import { LEVER_FINGERPRINT } from '../levers/lever-store.contract.js';
import { jobLevel, parameterName } from '../levers/lever.contract.js';
import { METRICS, optimizationRequest, simulationRequest, STATUSES } from '../runs/request.contract.js';
import { decomposition } from '../simulation/simulation.contract.js';

/** What the one growth figure is: the mean over the years, or that of the final year. */
const IMPACT_MODES = ['average', 'final-year'] as const;
export const HEAT_MAPS = ['none', 'year', 'level', 'level-year'] as const;

/** Sets one parameter in chosen years and levels; by default in all that have levers. */
export const leverAssignment = z.strictObject({
  parameter_name: parameterName,
  /** A decimal, inside the parameter's hard range. */
  parameter_value: z.number(),
  years: z.array(z.int().min(2020).max(2060)).min(1).optional(),
  levels: z.array(jobLevel).min(1).optional(),
});

export const impactRequest = z.strictObject({
  ...simulationRequest.omit({ engine: true }).shape,
  ...optimizationRequest.pick({ metric: true, statuses: true }).shape,
  target_mode: z.enum(IMPACT_MODES).default('average'),
  /** The levers to compare with: a lever file, or the fingerprint of a stored set. */
  proposed: z.string().min(1).optional(),
  /** Changes on top of `proposed`, or of the base levers without it; locked rows are refused. */
  assignments: z.array(leverAssignment).min(1).max(1000).optional(),
  /** False leaves out tornado and elasticities: ten simulations fewer. */
  sensitivities: z.boolean().default(true),
  /** One more step of each parameter in each of these alone: 25 simulations, or 125 for level-year. */
  heat_map: z.enum(HEAT_MAPS).default('none'),
});
export type ImpactRequest = z.infer<typeof impactRequest>;
/** The JSON that a caller sends: every key optional. */
export type ImpactRequestInput = z.input<typeof impactRequest>;

/** Cash paid beside pay, USD; absent where no lever of the catalogue pays any. */
const cash_paid = z.number().optional();

/** Growth in percent or pp; pay in USD a year, of all who are active at year end. */
const yearFigures = z.object({
  year: z.int(),
  growth: z.number(),
  payroll: z.number(),
  mean_pay: z.number(),
  cash_paid,
});
/** `payroll` and `cash_paid` are sums over the years. */
const totals = { growth: z.number(), payroll: z.number(), cash_paid, by_year: z.array(yearFigures) };
/** Where a figure came from: a simulation of exactly these levers, never an estimate. */
const source = {
  exact: z.literal(true),
  simulation_id: z.string(),
  lever_set: z.string().regex(LEVER_FINGERPRINT),
};

export const impactFigures = z.object({ ...totals, ...source });
export type ImpactFigures = z.infer<typeof impactFigures>;
export const impactChange = z.object(totals);
export type ImpactChange = z.infer<typeof impactChange>;

/** From the set before this part to the one with it. */
export const waterfallPart = z.object({
  parameter_name: parameterName,
  /** Rows that differ; without any the part is nothing, and no simulation of its own was needed. */
  levers_changed: z.int(),
  ...totals,
  ...source,
});
export type WaterfallPart = z.infer<typeof waterfallPart>;

/** All rows of one parameter moved by a step up or down, as far as the hard range allows. */
export const steppedSide = z.object({
  /** Mean change of the moved rows, a decimal. */
  lever_change: z.number(),
  /** Rows that the hard range held back. */
  rows_held: z.int(),
  ...totals,
  ...source,
});
export type SteppedSide = z.infer<typeof steppedSide>;

export const tornadoRow = z.object({
  parameter_name: parameterName,
  /** Decimal rate; for hire pay a share of the multiplier. */
  step: z.number(),
  /** Null where no row can move that way. */
  down: steppedSide.nullable(),
  up: steppedSide.nullable(),
  /** From the lower side (or the base) to the upper: pp and USD. */
  growth_swing: z.number(),
  payroll_swing: z.number(),
});
export type TornadoRow = z.infer<typeof tornadoRow>;

export const elasticity = z.object({
  parameter_name: parameterName,
  /** Both sides, or the only one that the hard range allows; null where neither is. */
  method: z.enum(['central', 'up', 'down']).nullable(),
  /** pp of growth for each percentage point of the lever. */
  growth_per_point: z.number().nullable(),
  /** Percent of payroll for each percent of the lever's mean; null where that mean is 0. */
  payroll_percent_per_percent: z.number().nullable(),
  exact: z.literal(true),
  simulation_ids: z.array(z.string()),
});
export type Elasticity = z.infer<typeof elasticity>;

/** One step up of the parameter in this year and level alone (null: in all of them); down where up is not possible. */
export const heatCell = z.object({
  parameter_name: parameterName,
  fiscal_year: z.int().nullable(),
  job_level: z.int().nullable(),
  lever_change: z.number(),
  ...totals,
  ...source,
});
export type HeatCell = z.infer<typeof heatCell>;

export const decompositionPair = z.object({
  year: z.int(),
  baseline: decomposition.extend({ growth: z.number() }),
  proposed: decomposition.extend({ growth: z.number() }),
  difference: decomposition.extend({ growth: z.number() }),
});
export type DecompositionPair = z.infer<typeof decompositionPair>;

export const impactReport = z.object({
  scenario: z.string(),
  years: z.object({ first: z.int(), last: z.int() }),
  seed: z.int(),
  employees: z.int(),
  metric: z.enum(METRICS),
  statuses: z.array(z.enum(STATUSES)),
  target_mode: z.enum(IMPACT_MODES),
  levers_changed: z.int(),
  baseline: impactFigures,
  proposed: impactFigures,
  /** Proposed minus baseline. */
  difference: impactChange,
  /** In the order in which the parameters were changed; every column adds up to `difference`, exactly. */
  waterfall: z.array(waterfallPart),
  /** Growth by its parts, which add up to it exactly; null for other metrics and populations. */
  decomposition: z.array(decompositionPair).nullable(),
  /** The widest swing of growth first. */
  tornado: z.array(tornadoRow),
  elasticities: z.array(elasticity),
  heat_map: z.array(heatCell),
  /** Values outside the usual, and what the census had to say. */
  notices: z.array(z.string()),
  simulations_run: z.int(),
  simulations_reused: z.int(),
  seconds: z.number(),
});
export type ImpactReport = z.infer<typeof impactReport>;
