/** What callers may ask of a grid of optimisation runs, and what it says: `grid --json`, `optimizationGrid`. */
import { z } from 'zod';
import { METRICS, STRATEGIES, TARGET_MODES } from '../shared/contract/choices.terms.js';
import { parseNumberList } from './number-list.terms.js';
import { RUN_STATUSES } from '../runs/optimization.contract.js';
import { optimizationRequest } from '../runs/request.contract.js';

export const MOST_CELLS = 1000;
export const MOST_PARALLEL = 16;

/** Shorter than a run's id, because the ids of its cells begin with it. */
export const GRID_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

interface NumberRules {
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
  readonly example: string;
}

/** A JSON list of numbers, or text such as `1.5,2.0` and `1.5..3.0:0.5`. */
const numbers = ({ low, high, isWhole, example }: NumberRules) =>
  z.union([z.array(z.number()), z.string()]).transform((value, context) => {
    const list = typeof value === 'string' ? parseNumberList(value) : value;
    const refuse = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const kind = isWhole ? 'whole numbers' : 'numbers';
    if (
      list === null ||
      list.length === 0 ||
      list.some((number) => number < low || number > high || (isWhole && !Number.isInteger(number)))
    )
      return refuse(`must be ${kind} from ${low} to ${high}, such as ${example}`);
    if (list.length > MOST_CELLS) return refuse(`must be at most ${MOST_CELLS} numbers`);
    const twice = repeated(list);
    return twice === undefined ? list : refuse(`names ${twice} twice`);
  });

const repeated = <T>(list: readonly T[]): T | undefined =>
  list.find((value, index) => list.indexOf(value) < index);

const once = (list: readonly string[]): boolean => repeated(list) === undefined;

/** What is varied: each is the plural of the option of an optimisation that it lists values of. */
const gridAxes = {
  targets: numbers({ low: -50, high: 50, isWhole: false, example: '1.5,2.0 or 1.5..3.0:0.5' })
    .default([2])
    .describe('Growths to reach, percent: a list, or text such as 1.5,2.0 and 1.5..3.0:0.5.'),
  strategies: z
    .array(z.enum(STRATEGIES))
    .min(1)
    .refine(once, 'must name each strategy once')
    .default(['balanced']),
  scenarios: z
    .array(optimizationRequest.shape.scenario.unwrap())
    .min(1)
    .max(MOST_CELLS)
    .refine(once, 'must name each scenario once')
    .default(['default']),
  seeds: numbers({ low: 0, high: 2_147_483_647, isWhole: true, example: '42,43 or 42..45' })
    .optional()
    .describe("A list, or text such as 42,43 and 42..45; default: the workforce settings' random_seed."),
};

/** What holds for every cell. No cell makes its levers current. */
export const gridCommon = z.strictObject({
  ...optimizationRequest.pick({
    census: true,
    levers: true,
    target_mode: true,
    metric: true,
    statuses: true,
    tolerance: true,
    max_iterations: true,
    tune: true,
    years: true,
    engine: true,
    requested_by: true,
  }).shape,
  id: z.string().regex(GRID_ID, 'must be at most 60 letters, digits, dots, dashes or underscores').optional(),
});

/** Without the rule on its size: what other schemas are made from. */
export const gridFields = z.strictObject({
  ...gridAxes,
  ...gridCommon.shape,
  /** Cells at work at a time. */
  parallel: z.int().min(1).max(MOST_PARALLEL).default(2),
});
export const gridRequest = gridFields.superRefine(({ targets, strategies, scenarios, seeds }, context) => {
  const cells = targets.length * strategies.length * scenarios.length * (seeds?.length ?? 1);
  if (cells > MOST_CELLS)
    context.addIssue({
      code: 'custom',
      path: ['targets'],
      message: `makes ${cells} cells with the strategies, scenarios and seeds; must be at most ${MOST_CELLS}`,
    });
});
export type GridRequest = z.infer<typeof gridRequest>;
/** The JSON that a caller sends: every key optional. */
export type GridRequestInput = z.input<typeof gridRequest>;

/** Why a cell ended without a verdict. */
const cellError = z.object({ code: z.string(), message: z.string(), hint: z.string() });

const figures = {
  /** Percent, by metric, statuses and target mode, in the trial that the run kept. */
  final_growth: z.number(),
  /** Target minus growth, pp; of the worst year in every-year mode. */
  gap: z.number(),
  /** USD: annual pay of those active at the end of a year, summed over the plan years, in the kept trial. */
  payroll: z.number(),
  /** USD: the same of the final plan year alone. */
  payroll_final_year: z.number(),
};

const choiceOf = {
  target: z.number(),
  strategy: z.enum(STRATEGIES),
  scenario: z.string(),
};

const gridCell = z.object({
  ...choiceOf,
  seed: z.int(),
  /** `pending`: not begun, or still at work. */
  status: z.enum([...RUN_STATUSES, 'pending']),
  /** Null without a verdict. */
  final_growth: figures.final_growth.nullable(),
  gap: figures.gap.nullable(),
  payroll: figures.payroll.nullable(),
  payroll_final_year: figures.payroll_final_year.nullable(),
  iterations_used: z.int().nullable(),
  simulations_run: z.int().nullable(),
  simulations_reused: z.int().nullable(),
  simulation_id: z.string().nullable(),
  run_id: z.string(),
  /** True: an earlier run of the same inputs answered. */
  reused: z.boolean(),
  /** True: no cell of the same seed reaches as much growth for less payroll, or more growth for as much. */
  on_front: z.boolean(),
  /** How long the run's work took. */
  seconds: z.number().nullable(),
  error: cellError.nullable(),
});
export type GridCell = z.infer<typeof gridCell>;

/** What a planner may choose: a seed is luck, so the figures are means over the seeds that ended with a verdict. */
const gridChoice = z.object({
  ...choiceOf,
  seeds: z.int(),
  /** On how many seeds' fronts it stands. */
  on_front: z.int(),
  mean_growth: z.number(),
  lowest_growth: z.number(),
  highest_growth: z.number(),
  mean_payroll: z.number(),
  mean_payroll_final_year: z.number(),
});
export type GridChoice = z.infer<typeof gridChoice>;

const frontCell = z.object({
  ...choiceOf,
  seed: z.int(),
  ...figures,
  run_id: z.string(),
});

export const gridCounts = z.object({
  cells: z.int(),
  converged: z.int(),
  not_converged: z.int(),
  infeasible: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  pending: z.int(),
  /** So many of all were answered by an earlier run of the same inputs. */
  reused: z.int(),
});
export type GridCounts = z.infer<typeof gridCounts>;

export const gridResult = z.object({
  grid_id: z.string(),
  workflow_id: z.string(),
  /** `running`: the table so far. */
  status: z.enum(['running', 'completed', 'cancelled']),
  requested_by: z.string(),
  targets: z.array(z.number()),
  strategies: z.array(z.enum(STRATEGIES)),
  scenarios: z.array(z.string()),
  seeds: z.array(z.int()),
  years: z.object({ first: z.int(), last: z.int() }),
  target_mode: z.enum(TARGET_MODES),
  metric: z.enum(METRICS),
  /** pp. */
  tolerance: z.number(),
  parallel: z.int(),
  /** Targets, then strategies, scenarios and seeds, each in the order of the request. */
  cells: z.array(gridCell),
  /** The cheapest first. */
  choices: z.array(gridChoice),
  /** Cells that no other of their seed dominates, by seed, the cheapest first. */
  pareto: z.array(frontCell),
  counts: gridCounts,
  /** Counted over the cells that this grid ran itself. */
  simulations_run: z.int(),
  simulations_reused: z.int(),
  notices: z.array(z.string()),
  /** Wall time of the work, without the time that it was held. */
  seconds: z.number(),
});
export type GridResult = z.infer<typeof gridResult>;

/** Where a grid stands now: the answer of its `progress` query. */
export interface GridProgress {
  readonly grid_id: string;
  readonly phase: 'planning' | 'running' | 'paused' | 'done';
  readonly counts: GridCounts;
  /** Cells at work, one text each. */
  readonly running: readonly string[];
  /** The cell that ended last, in one line; null before one has. */
  readonly latest: string | null;
}
