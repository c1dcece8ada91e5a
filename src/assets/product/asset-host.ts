/** The asset graph that a worker serves: this product's, unless it was given another. */
import type { AssetHost } from '../host.js';
import { createProductHost } from './product-host.js';
import type { ActivityDependencies } from '../../ports.js';
import { resolveInputs } from '../../runs/resolve-inputs.js';

export const assetHostOf = (dependencies: ActivityDependencies): AssetHost =>
  dependencies.assets ??
  createProductHost({
    ...dependencies,
    resolveInputs: (request) => resolveInputs(request, dependencies, new AbortController().signal),
  });
