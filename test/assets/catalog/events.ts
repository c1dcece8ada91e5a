/** Asset events to write in tests. */
import type {
  AssetEvent,
  BlockedRecord,
  CheckEvaluation,
  FailedRecord,
  MaterializationRecord,
  ObservationRecord,
  PlannedRecord,
} from '../../../src/assets/graph/catalog-port.js';

type Head = Pick<AssetEvent, 'id' | 'asset' | 'partition' | 'run' | 'recorded_at'>;

const head = (id: string, changes: Partial<Head>): Head => ({
  id,
  asset: 'pay',
  partition: null,
  run: 'run-1',
  recorded_at: '2026-03-01T12:00:00.000Z',
  ...changes,
});

export const materialization = (
  id: string,
  { seconds = 1.25, rows = 10, ...changes }: Partial<Head> & { seconds?: number; rows?: number } = {},
): MaterializationRecord => ({
  ...head(id, changes),
  kind: 'materialization',
  fingerprint: `fingerprint of ${id}`,
  code_version: 'code',
  config_version: '',
  data_version: `data of ${id}`,
  inputs: [{ asset: 'census', partition: null, data_version: 'c1' }],
  seconds,
  metadata: { rows: { kind: 'integer', value: rows }, note: { kind: 'text', value: 'as planned' } },
});

export const observation = (id: string, changes: Partial<Head> = {}): ObservationRecord => ({
  ...head(id, changes),
  kind: 'observation',
  data_version: `seen by ${id}`,
  metadata: {},
});

export const check = (
  id: string,
  name: string,
  passed: boolean,
  changes: Partial<Head> = {},
): CheckEvaluation => ({
  ...head(id, changes),
  kind: 'check',
  check: name,
  passed,
  severity: 'error',
  blocking: true,
  data_version: 'checked',
  seconds: 0.125,
  metadata: { violations: { kind: 'integer', value: passed ? 0 : 3 } },
});

export const planned = (id: string, changes: Partial<Head> = {}): PlannedRecord => ({
  ...head(id, changes),
  kind: 'planned',
  reasons: ['never made'],
});

export const failed = (id: string, changes: Partial<Head> = {}): FailedRecord => ({
  ...head(id, changes),
  kind: 'failed',
  code: 'DBT_FAILED',
  message: 'dbt run failed',
  hint: 'look',
});

export const blocked = (id: string, changes: Partial<Head> = {}): BlockedRecord => ({
  ...head(id, changes),
  kind: 'blocked',
  reasons: ['census failed'],
});
