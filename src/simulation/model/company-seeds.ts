/** A company's own seeds in place of the product's: the same models with other settings, so dbt need not compile again. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DbtManifest } from '../../assets/graph/dbt/manifest.js';
import { hash, planFingerprint, type Plan } from './plan.js';

/** They reach a simulation as inputs of its own, and are no part of the models' fingerprint. */
const OF_THE_RUN = /^(comp_levers|comp_targets|config_workforce)\.csv$/;

/**
 * The plan with the contents of another folder of seeds.
 * @param seeds folder with a file for each seed of the plan
 * @throws what reading them throws
 */
export async function planWithSeeds(plan: Plan, seeds: string): Promise<Plan> {
  const contents = await Promise.all(
    plan.seeds.map(async (seed) => ({ ...seed, content: await contentOf(seeds, seed.file) })),
  );
  const seedFingerprint = hash(...contents.flatMap(({ file, content }) => [file, content]));
  return {
    ...plan,
    seeds: contents,
    seedFingerprint,
    fingerprint: planFingerprint(seedFingerprint, plan.models),
  };
}

/** The manifest in the same way: what assets are made of names the content of seeds. */
export async function manifestWithSeeds(manifest: DbtManifest, seeds: string): Promise<DbtManifest> {
  const nodes = await Promise.all(
    Object.entries(manifest.nodes).map(async ([id, node]) => {
      if (node.resource_type !== 'seed' || node.config.enabled === false) return [id, node] as const;
      const checksum = await contentOf(seeds, path.basename(node.original_file_path));
      return [id, { ...node, checksum: { checksum } }] as const;
    }),
  );
  return { ...manifest, nodes: Object.fromEntries(nodes) };
}

const contentOf = async (seeds: string, file: string): Promise<string> =>
  OF_THE_RUN.test(file) ? '' : hash(await readFile(path.join(seeds, file), 'utf8'));
