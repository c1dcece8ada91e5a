/** One measurement in Dagster, in a Python of its own; installed on first use. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { dagsterStep } from '../../scripts/set-up/python.js';
import type { NoOpAsset } from './no-op-assets.js';

const measurement = z.object({ seconds: z.number(), cpu: z.number() });
export type Measurement = z.infer<typeof measurement>;

export async function installDagster(root: string): Promise<void> {
  const step = dagsterStep(root, process.env);
  if (!step.needed()) return;
  process.stderr.write(`${step.what}\n`);
  await step.install();
}

export async function runDagster(
  root: string,
  mode: 'in-process' | 'multiprocess' | 'planning',
  assets: readonly NoOpAsset[],
): Promise<Measurement> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meritloop-dagster-'));
  const bin = path.join(root, '.cache', 'dagster', 'bin');
  try {
    const graph = path.join(folder, 'graph.json');
    await writeFile(graph, JSON.stringify(assets));
    const { stdout } = await execa(
      path.join(bin, 'python'),
      [path.join(root, 'bench', 'dagster', 'measure.py'), mode, graph],
      {
        cwd: folder,
      },
    );
    return measurement.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
