/** Several targets at once: what each asks for, which levers may move how far, and what became of each (docs/model/growth.md). */
import { z } from 'zod';
import { jobLevel, PARAMETERS, parameterName } from '../levers/lever.contract.js';
import {
  PRIORITIES,
  TARGET_KINDS,
  TARGET_METRICS,
  TOLERANCE_KINDS,
  type Priority,
  type TargetMetric,
} from './target-choices.terms.js';
import { planYearsText } from '../shared/contract/years.contract.js';

export * from './target-choices.terms.js';

/** Most targets of one run: each stands in the run's specification. */
const MOST_TARGETS = 100;
/** Nothing meets a figure to the last bit; a cap and a floor have a side that does. */
export const NEEDS_TOLERANCE = 'must be greater than 0 for a target; a cap or floor may have none';
const magnitude = z.number().min(-1e15).max(1e15);

/** One target as a caller writes it; the keys are the columns of `comp_targets.csv`. */
export const targetInput = z
  .strictObject({
    /** Default: the scenario of the request. Targets of other scenarios are left out. */
    scenario_id: z.string().min(1).optional(),
    fiscal_year: z.int().min(2020).max(2060),
    metric_name: z.enum(TARGET_METRICS),
    kind: z.enum(TARGET_KINDS).default('target'),
    /** Rates and growth in percent, pay in USD a year, headcount in people. */
    target_value: magnitude,
    tolerance: z.number().min(0).max(1e15).default(0),
    /** `absolute_pp`: in the metric's own unit (pp, USD, people); `relative`: a share of the value, .01 = 1 %. */
    tolerance_kind: z.enum(TOLERANCE_KINDS).default('absolute_pp'),
    priority: z.enum(PRIORITIES).default('high'),
  })
  .refine(({ kind, tolerance }) => kind !== 'target' || tolerance > 0, {
    path: ['tolerance'],
    message: NEEDS_TOLERANCE,
  });
export type TargetInput = z.infer<typeof targetInput>;

/** How far levers may move in a run, in place of the default bounds; the last limit that names a row decides. */
export const leverLimit = z
  .strictObject({
    parameter_name: parameterName,
    /** Default: every plan year. */
    years: planYearsText.optional(),
    /** Default: every level. */
    job_levels: z.array(jobLevel).min(1).optional(),
    low: z.number().min(0).max(3).optional(),
    high: z.number().min(0).max(3).optional(),
    /** Size of one ordinary change, a decimal: a lever with a larger step is moved further for the same cost. */
    step: z.number().min(0.0001).max(1).optional(),
    /** The row keeps today's value. */
    frozen: z.boolean().optional(),
  })
  .refine(({ parameter_name, low }) => low === undefined || low >= PARAMETERS[parameter_name].hardRange[0], {
    path: ['low'],
    message: 'must not be below the hard range of the parameter',
  })
  .refine(
    ({ parameter_name, high }) => high === undefined || high <= PARAMETERS[parameter_name].hardRange[1],
    {
      path: ['high'],
      message: 'must not be above the hard range of the parameter',
    },
  )
  .refine(({ low, high }) => low === undefined || high === undefined || low <= high, {
    path: ['low'],
    message: 'must not be above high',
  });
export type LeverLimit = z.infer<typeof leverLimit>;

const leverLimits = z.array(leverLimit).max(200);

/** Path of a JSON file with limits, or the limits themselves. */
export const limitsInput = z.union([z.string().min(1), leverLimits]);

const targetList = z.array(targetInput).min(1).max(MOST_TARGETS);

/** A JSON targets file, or the value of `targets` in a request. */
export const targetsDocument = z.strictObject({
  targets: targetList,
  limits: leverLimits.default([]),
});
export type TargetsDocument = z.infer<typeof targetsDocument>;

/** Path of a targets file (CSV or JSON), a list of targets, or targets with limits. */
export const targetsInput = z.union([z.string().min(1), targetList, targetsDocument]);

/** The same without a path, which no request from afar may give. */
export const givenTargets = z.union([targetList, targetsDocument]);
export const givenLimits = leverLimits;

/** A target of the run's scenario and years. */
export interface TargetGoal {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly metric: TargetMetric;
  readonly kind: (typeof TARGET_KINDS)[number];
  readonly value: number;
  readonly tolerance: number;
  readonly tolerance_kind: (typeof TOLERANCE_KINDS)[number];
  readonly priority: Priority;
}

/** What became of one target. */
export const targetOutcome = z.object({
  scenario_id: z.string(),
  fiscal_year: z.int(),
  metric: z.enum(TARGET_METRICS),
  kind: z.enum(TARGET_KINDS),
  value: z.number(),
  tolerance: z.number(),
  tolerance_kind: z.enum(TOLERANCE_KINDS),
  priority: z.enum(PRIORITIES),
  /** With today's levers, and with the kept ones; in the metric's unit. */
  baseline: z.number(),
  final: z.number(),
  /** Value minus final. */
  gap: z.number(),
  met: z.boolean(),
  /** True: levers inside the bounds could meet it alone, but not together with the others. */
  gave_way: z.boolean(),
  /**
   * Change of payroll, summed over the plan years, USD, that one point more of the metric brings by the smallest change
   * of levers: a point is 1 pp of a rate, 1 % of an amount. Null where no tuned lever moves the metric.
   */
  cost_per_point: z.number().nullable(),
});
export type TargetOutcome = z.infer<typeof targetOutcome>;
