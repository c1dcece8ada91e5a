/** A hundred assets of two years each, in chains of five, with the year before as an input: a backfill of two hundred steps. */
import { defineAsset, dep, type AssetSpec } from '../../src/assets/graph/asset.js';
import { previous } from '../../src/assets/graph/mapping.js';
import { years } from '../../src/assets/graph/partitions.js';

export const backfillAssets = (): AssetSpec[] =>
  Array.from({ length: 100 }, (_, n) =>
    defineAsset({
      key: `a${n}`,
      partitions: years(2025, 2026),
      deps: [...(n % 5 === 0 ? [] : [`a${n - 1}`]), dep(`a${n}`, previous())],
    }),
  );
