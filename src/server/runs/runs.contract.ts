/** Requests and responses of optimisation runs. Growth in percent, gap and tolerance in pp. */
import { z } from 'zod';
import { RUN_ORDERS } from '../../shared/contract/choices.terms.js';
import { optimizationResult } from '../../runs/optimization.contract.js';
import { runReport } from '../../runs/report.contract.js';
import { optimizationRequest, RUN_ID } from '../../runs/request.contract.js';
import { givenLimits, givenTargets } from '../../targets/targets.contract.js';
import { defaultNumberQuery, FINGERPRINT_64, reason } from '../common.contract.js';
import { explanation } from '../simulations/simulations.contract.js';

export const runParam = z.object({ id: z.string().regex(RUN_ID).describe('Run.') });

/** Who asks is known; files are named by fingerprint; the id comes from the header. */
export const runStart = z
  .strictObject({
    ...optimizationRequest.omit({
      census: true,
      levers: true,
      targets: true,
      limits: true,
      id: true,
      requested_by: true,
    }).shape,
    targets: givenTargets.optional().describe('Several targets in place of the one growth.'),
    limits: givenLimits.optional().describe('Bounds of single levers, and rows to hold.'),
    census: FINGERPRINT_64.optional().describe('An uploaded census; default: the sample company.'),
    lever_set: FINGERPRINT_64.optional().describe("A stored set; default: the scenario's current one."),
  })
  .meta({ id: 'RunStart' });

export const startedRun = z
  .object({
    run_id: z.string(),
    workflow_id: z.string(),
    joined: z.boolean().describe('True: the same Idempotency-Key had started it already.'),
    temporal_url: z.string().nullable(),
  })
  .meta({ id: 'StartedRun' });

export const runListing = z
  .object({
    run_id: z.string(),
    workflow_id: z.string(),
    status: z
      .string()
      .describe(
        'running, converged, not_converged, infeasible, cancelled, failed, damaged, or terminated by Temporal.',
      ),
    scenario: z.string().nullable(),
    requested_by: z.string().nullable(),
    started_at: z.string().describe('ISO 8601.'),
    finished_at: z.string().nullable(),
    target_growth: z.number().nullable().describe('Percent.'),
    final_growth: z.number().nullable().describe('Percent.'),
    damage: z.string().optional().describe('Which of its files is damaged, and how.'),
  })
  .meta({ id: 'RunListing' });

export const runListQuery = z.object({
  limit: defaultNumberQuery(1, 1000, 50, 'Most runs to list.'),
  offset: defaultNumberQuery(0, 10_000_000, 0, 'Runs to leave out first.'),
  find: z
    .string()
    .max(300)
    .default('')
    .describe('Words, `tag:round`, or conditions such as `strategy=balanced` and `target>2`; all must fit.'),
  status: z.string().max(40).optional().describe('Only runs of this status.'),
  scenario: z.string().max(128).optional().describe('Only runs of this scenario.'),
  archived: z.enum(['true', 'false']).optional().describe('Only archived ones, or only the others.'),
  order: z.enum(RUN_ORDERS).default('newest').describe('Pinned runs come first in each.'),
  ids: z.string().max(1000).optional().describe('Only these runs, with commas between.'),
});
const tag = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/, 'must be 1–40 letters, digits, spaces, dots or dashes');
const marks = {
  tags: z.array(tag).max(20).describe('Words to find it by.'),
  archived: z.boolean().describe('True: left out of the list unless asked for; nothing is removed.'),
  pinned: z.boolean().describe('True: what other runs are compared with.'),
};
export const runMarks = z.object(marks).meta({ id: 'RunMarks' });
export type RunMarks = z.infer<typeof runMarks>;
export const runMarksChange = z
  .strictObject(marks)
  .partial()
  .describe('What is left out stays.')
  .meta({ id: 'RunMarksChange' });

const listedRun = runListing
  .extend({
    marks: runMarks,
    request: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The checked request, its inputs named by fingerprint; null until it is checked.'),
  })
  .meta({ id: 'ListedRun' });

export type ListedRun = z.infer<typeof listedRun>;

export const runList = z
  .object({
    runs: z.array(listedRun),
    found: z.int().describe('Runs that fit.'),
    total: z.int().describe('Runs of the home.'),
    statuses: z.array(z.string()).describe('That occur in the home; those that need somebody first.'),
    pinned: z.array(z.string()).describe('Runs that others are compared with.'),
  })
  .meta({ id: 'RunList' });

export const runProgress = z
  .object({
    run_id: z.string(),
    phase: z.enum([
      'validating',
      'baseline',
      'bounds',
      'iterating',
      'evaluating',
      'saving',
      'waiting_for_approval',
      'paused',
      'done',
    ]),
    iteration: z.int(),
    max_iterations: z.int(),
    target_growth: z.number().describe('Percent.'),
    tolerance: z.number().describe('pp.'),
    growth: z.number().nullable().describe('Percent; null until the first simulation is in.'),
    gap: z.number().nullable().describe('pp.'),
    history: z.array(
      z.object({
        label: z.string(),
        growth: z.number().describe('Percent.'),
        gap: z.number().describe('pp.'),
      }),
    ),
    simulations_run: z.int(),
    seeds: z
      .object({ done: z.int(), total: z.int() })
      .nullable()
      .optional()
      .describe('With several seeds: those of the step at work that are simulated.'),
    engine: z.string().nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'RunProgress' });

export const runDetails = z
  .object({
    run: runListing,
    temporal_url: z.string().nullable(),
    request: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The checked request, its inputs named by fingerprint; null until it is checked.'),
    progress: runProgress.nullable().describe('Null once it has ended, or while no worker answers.'),
    at_work: z
      .object({ year: z.int(), years_done: z.int(), years_total: z.int(), model: z.string() })
      .nullable()
      .describe('The simulation at work.'),
    result: optimizationResult.meta({ id: 'OptimizationResult' }).nullable(),
    error: explanation.nullable().describe('Why it ended with nothing to keep.'),
  })
  .meta({ id: 'RunDetails' });
export type RunDetails = z.infer<typeof runDetails>;

export const asked = z.object({ run_id: z.string(), asked: z.literal(true) }).meta({ id: 'Asked' });

export const decision = z
  .strictObject({ comment: z.string().trim().min(1).max(500).optional() })
  .meta({ id: 'Decision' });
export const decided = z
  .object({ run_id: z.string(), applied: z.enum(['never', 'pending', 'applied', 'rejected']) })
  .meta({ id: 'Decided' });

export const maxIterations = z
  .strictObject({ max_iterations: z.int().min(1).max(50) })
  .meta({ id: 'MaxIterations' });

export const applyRun = z
  .strictObject({
    expected: FINGERPRINT_64.describe("The scenario's set that you saw as current."),
    reason,
    anyway: z
      .boolean()
      .default(false)
      .describe(
        'true: also levers of a run that did not meet its target (409 RUN_MISSED_TARGET says what they miss).',
      ),
  })
  .meta({ id: 'ApplyRun' });

export const report = runReport.meta({ id: 'RunReport' });
