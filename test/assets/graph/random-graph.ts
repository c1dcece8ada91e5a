/** Random graphs for the laws: assets a0, a1, …, each reading some of those before it. */
import fc from 'fast-check';
import { defineAsset, type AssetSpec, type Dependency } from '../../../src/assets/graph/asset.js';
import { all, previous, range, same, type Mapping } from '../../../src/assets/graph/mapping.js';
import { years } from '../../../src/assets/graph/partitions.js';

const MAPPINGS: readonly Mapping[] = [same, all, previous(), range(-2, 0)];

/** @param partitioned whether assets may have the years 2025 to 2027, and read each other's by any mapping */
export const randomSpecs = (partitioned: boolean, most = 8): fc.Arbitrary<AssetSpec[]> =>
  fc
    .array(
      fc.record({
        reads: fc.array(fc.record({ back: fc.nat(most), mapping: fc.constantFrom(...MAPPINGS) }), {
          maxLength: 3,
        }),
        isPartitioned: partitioned ? fc.boolean() : fc.constant(false),
        readsItself: fc.boolean(),
        external: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
        versioning: fc.constantFrom('content' as const, 'fingerprint' as const),
        group: fc.constantFrom('raw', 'sales', 'sales/daily'),
        kind: fc.constantFrom('sql', 'python'),
        tag: fc.constantFrom('hot', 'cold'),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((drafts) => {
      const specs: AssetSpec[] = [];
      for (const [index, draft] of drafts.entries()) {
        const partitions = draft.isPartitioned ? years(2025, 2027) : null;
        const deps: Dependency[] = draft.external
          ? []
          : draft.reads
              .map(({ back, mapping }) => ({ input: specs[index - 1 - back], mapping }))
              .flatMap(({ input, mapping }) =>
                input === undefined ? [] : [edge(input, mapping, partitions !== null)],
              );
        if (draft.readsItself && partitions !== null && !draft.external)
          deps.push({ key: `a${index}`, mapping: previous() });
        specs.push(
          defineAsset({
            key: `a${index}`,
            deps: deps.filter(({ key }, at) => deps.findIndex((other) => other.key === key) === at),
            partitions,
            external: draft.external,
            versioning: draft.versioning,
            group: draft.group,
            kinds: [draft.kind],
            tags: { heat: draft.tag },
            checks: [{ name: 'holds' }],
          }),
        );
      }
      return specs;
    });

/** Mappings that mean nothing between the two become `same`. */
function edge(input: AssetSpec, mapping: Mapping, isPartitioned: boolean): Dependency {
  const fits = mapping.kind !== 'offset' || (isPartitioned && input.partitions !== null);
  return { key: input.key, mapping: fits ? mapping : same };
}
