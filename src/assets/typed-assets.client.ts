/** Assets by key, each with the configuration that it takes: what the compiler checks in typed programs. */
import type { z } from 'zod';
import type { MaterializationRequestInput } from './materialization.contract.js';
import { optimizationRequest, simulationRequest } from '../runs/request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { failure } from '../shared/errors/errors.js';

const ofOptimization = optimizationRequest.omit({ id: true });

/** What each asset's run is configured with; every dbt model and seed takes what a simulation takes. */
export interface AssetConfigs {
  readonly compensation_optimization_loop: z.input<typeof ofOptimization>;
  readonly optimization_results_summary: z.input<typeof ofOptimization>;
}

export type AssetConfig<Key extends string> = Key extends keyof AssetConfigs
  ? AssetConfigs[Key]
  : z.input<typeof simulationRequest>;

/** How an asset is started, beside its configuration. */
export type AssetStart = Pick<MaterializationRequestInput, 'partitions' | 'force' | 'id'> & {
  /** True: what it reads is made first where that is due. */
  readonly upstream?: boolean;
};

type Configuration = NonNullable<MaterializationRequestInput['config']>;

const KEY = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;
const schemaOf = (key: string): z.ZodObject =>
  key === 'compensation_optimization_loop' || key === 'optimization_results_summary'
    ? ofOptimization
    : simulationRequest;

/** @throws MeritloopError REQUEST_INVALID naming the field, before anything is started */
export function assetRequest<Key extends string>(
  key: Key,
  config: AssetConfig<Key> | undefined,
  { upstream = false, ...start }: AssetStart,
): MaterializationRequestInput {
  if (!KEY.test(key))
    throw failure('REQUEST_INVALID', {
      source: 'asset',
      field: 'key',
      value: key,
      rule: 'must be the key of an asset',
    });
  parseRequest(schemaOf(key), config ?? {}, 'config');
  // As it was given: defaults are the workflow's.
  return { ...start, select: `${upstream ? '+' : ''}"${key}"`, config: (config ?? {}) as Configuration };
}
