/** Requests and responses of the asset graph. */
import { z } from 'zod';
import { materializationRequest } from '../materialization.js';

export const assetQuery = z.object({
  select: z
    .string()
    .min(1)
    .max(2000)
    .default('*')
    .describe('A selection, such as `+fct_compensation_growth` or `group:flow`; `*` is every asset.'),
});

const step = z.object({
  partition: z.string().nullable().describe('Null: the asset is one piece.'),
  status: z.array(z.string()).describe('Health first.'),
  action: z.string().describe('What a run would do now: run, reuse or blocked.'),
  reasons: z.array(z.string()),
  made_at: z.string().nullable().describe('ISO 8601.'),
  rows: z.number().nullable(),
  seconds: z.number().nullable(),
});

export const assetView = z.object({
  key: z.string(),
  description: z.string(),
  group: z.string(),
  kinds: z.array(z.string()),
  columns: z.record(z.string(), z.string()).describe('Descriptions by column.'),
  deps: z.array(z.string()),
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
