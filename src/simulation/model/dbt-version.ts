/** The dbt release that the models are written for, and which one is installed. */
import path from 'node:path';
import { execa } from 'execa';
import { failure, type MeritloopError } from '../../shared/errors/errors.js';

/** Major and minor: a manifest of another release may name its parts otherwise. */
export const DBT_RELEASE = '1.11';

export const isRightDbt = (version: string): boolean => version.startsWith(`${DBT_RELEASE}.`);

export const wrongDbt = (dbt: string, found: string): MeritloopError =>
  failure('DBT_VERSION', { path: dbt, found, wanted: `${DBT_RELEASE}.x` });

const METADATA = 'import importlib.metadata as m; print(m.version("dbt-core"))';

/**
 * The error for a dbt of another release; undefined when it is the right one or tells no version. Asked only after
 * dbt failed: its own answer costs seconds.
 */
export async function otherDbt(dbt: string): Promise<MeritloopError | undefined> {
  const installed = await answer(path.join(path.dirname(dbt), 'python'), ['-c', METADATA]);
  if (installed !== undefined && !isRightDbt(installed)) return wrongDbt(dbt, installed);
  const own = /installed:\s*(\d+\.\d+\S*)/.exec((await answer(dbt, ['--version'])) ?? '')?.[1];
  return own === undefined || isRightDbt(own) ? undefined : wrongDbt(dbt, own);
}

async function answer(program: string, args: readonly string[]): Promise<string | undefined> {
  const run = await execa(program, args, { reject: false, all: true, timeout: 15_000, stdin: 'ignore' });
  return run.failed ? undefined : run.all.trim();
}
