/** The Nexus service that workflows of other namespaces call; safe in a workflow's bundle. */
import * as nexus from 'nexus-rpc';
import type { MaterializationRequestInput, MaterializationResult } from '../materialization.contract.js';

export interface MaterializeAssetInput {
  /** Key of an asset. */
  readonly asset: string;
  /** A key, a range such as `2025..2029`, or a list; default: every partition. */
  readonly partitions?: string;
  /** True: it is made whatever is recorded. */
  readonly force?: boolean;
  /** Fields of an optimisation's request. */
  readonly config?: NonNullable<MaterializationRequestInput['config']>;
  /** Names the run: while it is open, the same name joins it. Default: one of its own for each call. */
  readonly id?: string;
}

export const meritloopService = nexus.service('meritloop', {
  /** Makes an asset where it is due, and answers when it is made. */
  materializeAsset: nexus.operation<MaterializeAssetInput, MaterializationResult>(),
});
