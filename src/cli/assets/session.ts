/** The graph as the `assets` commands see it, without a server: definitions, catalog, and what the options ask for. */
import { assetHostOf } from '../../assets/product/asset-host.js';
import { parseMaterialization } from '../../assets/materialization-request.js';
import { lookAtGraph, selectIn, type SeenGraph } from '../../assets/plan-run.js';
import type { MaterializationRequest } from '../../assets/materialization.contract.js';
import { createDependencies } from '../../dependencies.js';
import { statusesOf, type Status } from '../../assets/graph/status.js';
import type { AssetCatalog } from '../../assets/graph/catalog-port.js';
import { assetInputs } from './inputs.js';
import { resolveInputs } from '../../runs/resolve-inputs.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import type { CheckedAgain } from '../../simulation/simulator.js';
import type { CliContext, CommandInput } from '../context.js';
import { parseJsonText } from '../../shared/files/json-text.js';
import { refusedOption, wholeNumber } from '../option-values.js';
import { readRequest } from '../request-options.js';

export interface AssetSession {
  readonly catalog: AssetCatalog;
  readonly request: MaterializationRequest;
  readonly seen: SeenGraph;
  /** Keys that `--select` means. */
  readonly keys: readonly string[];
  readonly statuses: ReadonlyMap<string, readonly Status[]>;
  readonly now: Date;
  /** Runs the invariants once more, on the stored simulation of these inputs. */
  checkAgain(): Promise<CheckedAgain>;
}

/** Reads the options, opens the home's catalog, and gives it back after `use`. */
export async function withAssets(
  context: CliContext,
  input: CommandInput,
  use: (session: AssetSession) => Promise<number>,
): Promise<number> {
  const request = assetRequest(context, input);
  const dependencies = createDependencies(context.config, context.logger);
  try {
    const now = new Date();
    const seen = await lookAtGraph(assetHostOf(dependencies), request.config);
    return await use({
      catalog: dependencies.catalog,
      request,
      seen,
      now,
      keys: selectIn(seen, request.select, now),
      statuses: statusesOf(seen.graph, seen.world.latest, seen.outlook, now),
      checkAgain: async () => {
        const asked = optimizationRequest.omit({ id: true }).parse(request.config);
        const { spec } = await resolveInputs(asked, dependencies, new AbortController().signal);
        return dependencies.simulator.checkAgain(spec);
      },
    });
  } finally {
    await dependencies.simulator.close();
    await dependencies.catalog.close();
  }
}

/** @throws MeritloopError REQUEST_INVALID naming the option */
export function assetRequest({ cwd }: CliContext, { args, options }: CommandInput): MaterializationRequest {
  const { partitions, force, id, parallelism } = options;
  const select = options['select'] ?? args[0];
  if (options['select'] !== undefined && args[0] !== undefined)
    throw refusedOption('--select', options['select'], `must not be given beside the selection ${args[0]}`);
  const given = Object.entries(readRequest(assetInputs, options, cwd)).filter(
    ([, value]) => value !== undefined,
  );
  return parseMaterialization({
    ...(select === undefined ? {} : { select }),
    ...(partitions === undefined ? {} : { partitions }),
    ...(force === undefined ? {} : { force }),
    ...(id === undefined ? {} : { id }),
    ...(parallelism === undefined ? {} : { parallelism: wholeNumber('--parallelism', parallelism, 1, 64) }),
    config: { ...jsonOption(options['config']), ...Object.fromEntries(given) },
  });
}

function jsonOption(text: unknown): object {
  if (text === undefined) return {};
  try {
    const value = parseJsonText(typeof text === 'string' ? text : '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refusedOption('--config', text, 'must be a JSON object, such as {"target": 3}');
}
