/** Activity `recordMaterialization`: one event per asset and run in the catalog, written once however often it is tried. */
import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { Metadata, MetadataValue } from './graph/catalog-port.js';
import { eventId } from '../temporal/event-id.js';
import { recordRun } from './product/record-direct.js';
import type { ActivityDependencies } from '../ports.js';

type PlainValue = string | number | boolean | null;

export interface MaterializationInput {
  readonly asset: string;
  readonly partition: string | null;
  readonly run_id: string;
  /** Nulls are left out; `seconds` is the wall time of the work. */
  readonly metadata: Readonly<Record<string, PlainValue>>;
}

export const recordMaterialization =
  (dependencies: ActivityDependencies) =>
  async ({ asset, partition, run_id, metadata }: MaterializationInput): Promise<void> => {
    const { seconds, ...facts } = metadata;
    const info = activityInfo();
    const made = { asset, run_id, metadata: metadataOf(facts) };
    const id = await recordRun(dependencies, made, eventId(info));
    if (id === undefined) return;
    await dependencies.catalog.append([
      {
        kind: 'materialization',
        id,
        asset,
        partition,
        run: run_id,
        recorded_at: new Date().toISOString(),
        // A run is of its own making: no other one's result stands for it.
        fingerprint: hashOf([asset, partition, run_id]),
        code_version: info.workflowType ?? '',
        config_version: '',
        data_version: hashOf(facts),
        inputs: [],
        seconds: typeof seconds === 'number' ? seconds : 0,
        metadata: metadataOf(facts),
      },
    ]);
  };

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const metadataOf = (values: Readonly<Record<string, PlainValue>>): Metadata =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, metadataValue(value)]])),
  );

function metadataValue(value: string | number | boolean): MetadataValue {
  if (typeof value === 'string') return { kind: 'text', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  return { kind: Number.isInteger(value) ? 'integer' : 'number', value };
}
