/** Requests and responses of the asset graph. */
import { z } from 'zod';
import { defaultNumberQuery, optionalNumberQuery } from '../common.contract.js';
import { materializationRequest } from '../../assets/materialization.contract.js';
import { explanation } from '../simulations/simulations.contract.js';

const select = z
  .string()
  .min(1)
  .max(2000)
  .default('*')
  .describe('A selection, such as `+fct_compensation_growth` or `group:flow`; `*` is every asset.');

export const assetQuery = z.object({ select });

export const planQuery = z.object({
  select,
  partitions: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('A key, a range such as `2025..2029`, or a list; default: every partition.'),
  force: z.enum(['true', 'false']).default('false').describe('true: as if nothing had been made.'),
});

export const historyQuery = z.object({
  select,
  before: optionalNumberQuery(
    1,
    Number.MAX_SAFE_INTEGER,
    'Only events before this sequence: `next_before` of the preceding page.',
  ),
  limit: defaultNumberQuery(1, 1000, 100, 'Most events to list.'),
});

const step = z.object({
  partition: z.string().nullable().describe('Null: the asset is one piece.'),
  status: z.array(z.string()).describe('Health first.'),
  action: z.string().describe('What a run would do now: run, reuse or blocked.'),
  reasons: z.array(z.string()),
  made_at: z.string().nullable().describe('ISO 8601.'),
  rows: z.number().nullable(),
  seconds: z.number().nullable(),
  run: z.string().nullable().describe('The run that made it.'),
  fingerprint: z.string().nullable().describe('Of code, config, partition and inputs, as it was made.'),
  data_version: z.string().nullable().describe('Of the data itself.'),
  inputs: z
    .array(
      z.object({
        asset: z.string(),
        partition: z.string().nullable(),
        data_version: z.string().describe('As it was read.'),
        changed: z.boolean().describe('True: it has another version now.'),
      }),
    )
    .describe('What it was made from.'),
});

export const assetView = z.object({
  key: z.string(),
  description: z.string(),
  group: z.string(),
  kinds: z.array(z.string()),
  columns: z.record(z.string(), z.string()).describe('Descriptions by column.'),
  deps: z.array(z.string()),
  earlier_deps: z.array(z.string()).describe('Those of `deps` of which only earlier partitions are read.'),
  checks: z.array(z.object({ name: z.string(), failed: z.boolean() })),
  external: z.boolean().describe('True: made elsewhere; only observed.'),
  computation: z.string(),
  status: z.array(z.string()).describe('Health first.'),
  steps: z.array(step).describe('One for each partition.'),
});

export const assetGraph = z
  .object({
    selected: z.array(z.string()).describe('Keys that the selection means.'),
    assets: z.array(assetView).describe('Every asset of the graph.'),
  })
  .meta({ id: 'AssetGraph' });
export type AssetGraphView = z.infer<typeof assetGraph>;

export const materializationStart = materializationRequest
  .pick({ select: true, partitions: true, force: true })
  .meta({ id: 'MaterializationStart' });

export const startedMaterialization = z
  .object({ run_id: z.string(), workflow_id: z.string(), temporal_url: z.string().nullable() })
  .meta({ id: 'StartedMaterialization' });

export const materializationParam = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/)
    .describe('Materialisation.'),
});

const materializationProgress = z.object({
  ran: z.int().describe('Steps made.'),
  reused: z.int(),
  blocked: z.int(),
  failed: z.int(),
  steps_total: z.int().describe('Every step of the plan, those that are reused included.'),
  seconds_left: z
    .number()
    .nullable()
    .describe('What is left took so long when it was made last, one after another; null: never made.'),
  batches_done: z.int(),
  batches_total: z.int(),
  running: z.array(z.string()).describe('Batches that are made now.'),
  waiting: z.array(z.string()).describe('Batches that wait for a slot of their pool.'),
});

export const materializationState = z
  .object({
    run_id: z.string(),
    workflow_id: z.string(),
    temporal_url: z.string().nullable(),
    status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
    started_at: z.string().describe('ISO 8601.'),
    finished_at: z.string().nullable(),
    progress: materializationProgress
      .nullable()
      .describe('Null before there is a plan, and after a cancelled run.'),
    at_work: z.array(z.string()).describe('What the batches under way last said of themselves.'),
    failed_checks: z.array(z.string()).describe('The first hundred, of a run that succeeded.'),
    errors: z.array(z.string()).describe('The first failures of batches.'),
    error: explanation.nullable(),
  })
  .meta({ id: 'MaterializationState' });
/** As the client knows it: Temporal's page belongs to the server of the API. */
export type MaterializationState = Omit<z.infer<typeof materializationState>, 'temporal_url'>;

export const assetPlan = z
  .object({
    steps: z.array(
      z.object({
        key: z.string(),
        partition: z.string().nullable(),
        action: z.enum(['run', 'reuse', 'blocked']),
        reasons: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'AssetPlan' });

const metadata = z
  .record(
    z.string(),
    z.object({
      kind: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      unit: z.string().optional(),
    }),
  )
  .describe('Named values, shown by their kind; they name no person.');

const evaluation = z.object({
  asset: z.string(),
  partition: z.string().nullable(),
  check: z.string(),
  passed: z.boolean(),
  severity: z.enum(['warn', 'error']),
  blocking: z
    .boolean()
    .describe('True: while it fails with severity error, what reads the asset is blocked.'),
  evaluated_at: z.string().describe('ISO 8601.'),
  data_version: z.string().describe('Of the data that was checked.'),
  seconds: z.number(),
  metadata,
});

export const assetChecks = z
  .object({ checks: z.array(evaluation).describe('The latest verdict of each check.') })
  .meta({ id: 'AssetChecks' });

/** Every kind of event in one shape; what a kind lacks is null or empty. */
const assetEvent = z.object({
  sequence: z.int(),
  kind: z.enum(['materialization', 'observation', 'check', 'planned', 'failed', 'blocked']),
  asset: z.string(),
  partition: z.string().nullable(),
  run: z.string(),
  recorded_at: z.string().describe('ISO 8601.'),
  seconds: z.number().nullable(),
  fingerprint: z.string().nullable(),
  data_version: z.string().nullable(),
  inputs: z.array(
    z.object({ asset: z.string(), partition: z.string().nullable(), data_version: z.string() }),
  ),
  check: z.string().nullable(),
  passed: z.boolean().nullable(),
  reasons: z.array(z.string()),
  code: z.string().nullable().describe('Of the error table, where it failed.'),
  message: z.string().nullable(),
  metadata,
});

export const assetHistory = z
  .object({
    events: z.array(assetEvent).describe('The newest first.'),
    next_before: z.int().nullable().describe('`before` of the next page; null on the last.'),
  })
  .meta({ id: 'AssetHistory' });
export type AssetHistoryView = z.infer<typeof assetHistory>;
