/** What the client asks of the asset graph: by selection, by key, or once and for all. */
import type { Client } from '@temporalio/client';
import type { MaterializationRequestInput } from './materialization.contract.js';
import { createAutomation, type AutomationCalls } from './automation/automation.client.js';
import { createMaterializationWatch, type MaterializationWatch } from './materialization-watch.client.js';
import { startMaterialization, type Materialization } from './materializations.client.js';
import { onServer } from '../temporal/server-failures.js';
import { assetRequest, type AssetConfig, type AssetStart } from './typed-assets.client.js';

export interface AssetCalls {
  /** Starts a materialisation of assets by selection; an open run of the same id is joined. */
  materialize(request?: MaterializationRequestInput): Promise<Materialization>;
  /**
   * Makes one asset, whose configuration is checked: by the compiler, and once more before anything is started.
   *
   * @example
   * const run = await meritloop.materializeAsset('compensation_optimization_loop', { target: 3 }, { upstream: true });
   * const { ran, reused } = await run.result();
   *
   * @throws MeritloopError REQUEST_INVALID naming the field
   */
  materializeAsset<Key extends string>(
    key: Key,
    config?: AssetConfig<Key>,
    start?: AssetStart,
  ): Promise<Materialization>;
  /** Materialisations that anybody started. */
  readonly materializations: MaterializationWatch;
  /** Makes assets without anybody asking; off until it is turned on. */
  readonly automation: AutomationCalls;
}

/** @param at where the workers are; the address is named when the server is not reached */
export function createAssetCalls(
  client: Client,
  at: { readonly taskQueue: string; readonly address: string },
): AssetCalls {
  const watch = createMaterializationWatch(client);
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(at.address, call);
  return {
    materialize: (request = {}) => ask(() => startMaterialization(client, at, request)),
    materializeAsset: (key, config, start = {}) =>
      ask(async () => startMaterialization(client, at, assetRequest(key, config, start))),
    materializations: {
      show: (runId) => ask(() => watch.show(runId)),
      cancel: (runId) => ask(() => watch.cancel(runId)),
    },
    automation: createAutomation(client, at.taskQueue, at.address),
  };
}
