/** One measurement in Dagster, in a Python of its own; installed on first use. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { dagsterStep } from '../../scripts/set-up/python.js';
import { withDependencies, type BenchCompany } from '../company.js';
import type { Measurement } from '../worker.js';
import { prepareDbtProject } from './dbt-project.js';
import type { FirstAndAgain } from './here.js';
import { noOpAssets } from './no-op-assets.js';

/** Longer than any of it takes, even on a busy machine. */
const GIVEN_UP_AFTER_MS = 20 * 60_000;

const measurement = z.object({ seconds: z.number(), cpu: z.number(), made: z.number() });
const firstAndAgain = z.object({ first: measurement, again: measurement });

export async function installDagster(root: string): Promise<void> {
  const step = dagsterStep(root, process.env);
  if (!step.needed()) return;
  process.stderr.write(`${step.what}\n`);
  await step.install();
}

/** The graph of no-op assets. */
export async function noOpsInDagster(
  root: string,
  mode: 'in-process' | 'multiprocess' | 'planning',
  count: number,
): Promise<Measurement> {
  const answer = await runDagster(root, 'measure.py', [mode], async () => noOpAssets(count));
  return measurement.parse(answer);
}

/** Our dbt project, on the sample company's inputs. */
export async function dbtProjectInDagster(root: string, company: BenchCompany): Promise<FirstAndAgain> {
  const answer = await runDagster(root, 'dbt_project.py', [], (folder) =>
    withDependencies(company, (dependencies) =>
      prepareDbtProject(company.config, dependencies, folder, dagsterProgram(root, 'dbt')),
    ),
  );
  return firstAndAgain.parse(answer);
}

const dagsterProgram = (root: string, name: string): string =>
  path.join(root, '.cache', 'dagster', 'bin', name);

/** Gives the script a JSON file of what `prepare` returns, and returns the JSON of its last line. */
async function runDagster(
  root: string,
  script: string,
  args: readonly string[],
  prepare: (folder: string) => Promise<object>,
): Promise<unknown> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meritloop-dagster-'));
  try {
    const file = path.join(folder, 'specification.json');
    await writeFile(file, JSON.stringify(await prepare(folder)));
    const { stdout } = await execa(
      dagsterProgram(root, 'python'),
      [path.join(root, 'bench', 'dagster', script), ...args, file],
      { cwd: folder, timeout: GIVEN_UP_AFTER_MS },
    );
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
