/** The courses that a materialisation can take, for the recorded histories. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MaterializationRequestInput } from '../../src/assets/materialization.contract.js';
import { failure } from '../../src/shared/errors/errors.js';
import { defineAsset, type AssetDefinition } from '../../src/assets/graph/asset.js';
import { countableHost, type CountableHost } from './countable-host.js';
import { startRig, type TestServer } from '../workflows/environment.js';

const ASSETS: readonly AssetDefinition[] = [
  { key: 'raw', pool: 'disk' },
  { key: 'other', pool: 'disk' },
  { key: 'clean', deps: ['raw'], checks: [{ name: 'fits' }] },
  { key: 'report', deps: ['clean'] },
  { key: 'inner', deps: ['raw'], computation: { name: 'inner', runsAs: 'workflow' } },
];

interface Course {
  readonly request: MaterializationRequestInput;
  readonly prepare?: (host: CountableHost) => void;
  /** Made once before, so that it is known how long each asset takes. */
  readonly isKnown?: boolean;
  /** Cancelled once this step is at work. */
  readonly cancelAt?: string;
}

export const MATERIALIZATIONS: Readonly<Record<string, Course>> = {
  materialized: { request: { select: 'not inner' } },
  'materialized-light': {
    request: { select: 'clean, report', force: true },
    isKnown: true,
    prepare: (host) => {
      let failures = 0;
      host.onStep = async (id) => {
        if (id !== 'report' || failures > 0) return;
        failures += 1;
        throw failure('ASSETS_NOT_MADE', { assets: [id], detail: 'no luck' });
      };
    },
  },
  'materialized-partly': {
    request: {},
    prepare: (host) => {
      host.failing.add('clean fits');
      host.onStep = async (id) => {
        if (id === 'other') throw failure('COMPUTATION_UNKNOWN', { computation: id, steps: 1 });
      };
    },
  },
  'materialized-cancelled': {
    request: { select: '+report' },
    prepare: (host) => {
      host.onStep = async (id, signal) => {
        if (id !== 'clean') return;
        await sleep(60_000, undefined, { signal }).catch(() => {});
        signal.throwIfAborted();
      };
    },
    cancelAt: 'clean',
  },
};

/** Runs a course and hands its workflow's id to `use` while the server still knows it. */
export async function runMaterialization(
  server: TestServer,
  name: string,
  { request, isKnown = false, prepare, cancelAt }: Course,
  use: (workflowId: string) => Promise<void>,
): Promise<void> {
  let host: CountableHost | undefined;
  const rig = await startRig(
    server,
    {},
    (catalog) => (host = countableHost(ASSETS.map(defineAsset), catalog)),
  );
  try {
    if (isKnown) await (await rig.client.materialize({ select: 'raw, clean, report' })).result();
    if (host !== undefined) prepare?.(host);
    const run = await rig.client.materialize({ ...request, id: name });
    const isAt = async () => (await rig.catalog.latest([cancelAt ?? ''])).length > 0;
    if (cancelAt !== undefined) {
      while (!(await isAt())) await sleep(20);
      await run.cancel();
    }
    await run.result().catch(() => {});
    await use(run.workflowId);
  } finally {
    await rig.close();
  }
}
