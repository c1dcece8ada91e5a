/** Requests and responses of grids of optimisation runs. Growth in percent, gap in pp, payroll in USD. */
import { z } from 'zod';
import { GRID_ID, gridCounts, gridFields, gridResult } from '../../grids/grid.contract.js';
import { FINGERPRINT_64 } from '../common.contract.js';
import { explanation } from '../simulations/simulations.contract.js';

export const gridParam = z.object({ id: z.string().regex(GRID_ID).describe('Grid.') });

/** As for every start, but shorter: the ids of its runs begin with it. */
export const gridKeyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(GRID_ID, 'must be at most 60 letters, digits, dots, dashes or underscores')
    .optional()
    .describe('Names the grid: the same key again gives the same grid. Default: a new one.'),
});

/** Who asks is known; files are named by fingerprint; the id comes from the header. */
export const gridStart = z
  .strictObject({
    ...gridFields.omit({ census: true, levers: true, id: true, requested_by: true }).shape,
    census: FINGERPRINT_64.optional().describe('An uploaded census; default: the sample company.'),
    lever_set: FINGERPRINT_64.optional().describe("A stored set; default: each scenario's current one."),
  })
  .meta({ id: 'GridStart' });

export const gridList = z
  .object({
    grids: z.array(
      z.object({
        grid_id: z.string(),
        workflow_id: z.string(),
        status: z
          .string()
          .describe('running, completed, cancelled, failed, damaged, or terminated by Temporal.'),
        requested_by: z.string().nullable(),
        finished_at: z.string().nullable().describe('ISO 8601; null while it runs.'),
        cells: z.int().nullable().describe('Null while there is no table.'),
        converged: z.int().nullable().describe('Cells that met their target.'),
        damage: z.string().optional().describe('Which of its files is damaged, and how.'),
      }),
    ),
  })
  .meta({ id: 'GridList' });

export const startedGrid = z
  .object({
    grid_id: z.string(),
    workflow_id: z.string(),
    joined: z.boolean().describe('True: the same Idempotency-Key had started it already.'),
    temporal_url: z.string().nullable(),
  })
  .meta({ id: 'StartedGrid' });

export const gridProgress = z
  .object({
    grid_id: z.string(),
    phase: z.enum(['planning', 'running', 'paused', 'done']),
    counts: gridCounts,
    running: z.array(z.string()).describe('Cells at work, one text each.'),
    latest: z.string().nullable().describe('The cell that ended last, in one line.'),
  })
  .meta({ id: 'GridProgress' });

export const gridDetails = z
  .object({
    grid_id: z.string(),
    workflow_id: z.string(),
    temporal_url: z.string().nullable(),
    status: z.enum(['running', 'completed', 'cancelled', 'failed']),
    progress: gridProgress.nullable().describe('Null once it has ended, or while no worker answers.'),
    result: gridResult
      .meta({ id: 'GridResult' })
      .nullable()
      .describe('The table, so far while the grid runs; null before it is planned.'),
    error: explanation.nullable().describe('Why it ended without a table.'),
  })
  .meta({ id: 'GridDetails' });
export type GridDetails = z.infer<typeof gridDetails>;

export const askedGrid = z.object({ grid_id: z.string(), asked: z.literal(true) }).meta({ id: 'AskedGrid' });
