/** A copy of the project that a test may break: dbt models and seeds of its own, and a stand-in for dbt if asked. */
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../src/config.js';

export interface ProjectCopy {
  readonly config: Config;
  change(file: string, edit: (text: string) => string): Promise<void>;
  remove(): Promise<void>;
}

/** @param dbt a shell script in dbt's place; by default the real `.venv`, and `null` for none. */
export async function copyProject(config: Config, dbt?: string | null): Promise<ProjectCopy> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'meritloop-project-'));
  const original = (part: string) => path.join(config.projectRoot, part);
  await cp(original('dbt'), path.join(root, 'dbt'), {
    recursive: true,
    filter: (source) => !['target', 'logs'].includes(path.basename(source)),
  });
  await cp(original('seeds'), path.join(root, 'seeds'), { recursive: true });
  if (dbt === undefined) await symlink(original('.venv'), path.join(root, '.venv'));
  else if (dbt !== null) {
    const program = path.join(root, '.venv', 'bin', 'dbt');
    await mkdir(path.dirname(program), { recursive: true });
    await writeFile(program, `#!/bin/sh\n${dbt}\n`);
    await chmod(program, 0o755);
  }
  return {
    config: { ...config, projectRoot: root, cache: path.join(root, 'cache') },
    async change(file, edit) {
      const target = path.join(root, file);
      await writeFile(target, edit(await readFile(target, 'utf8')));
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
