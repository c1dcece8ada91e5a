/** `bench`: the project's benchmarks, which come with its sources and not with the installed package. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { failure } from '../../shared/errors/errors.js';
import { BENCHMARKS } from './names.js';
import type { Handler } from '../context.js';
import { refusedOption } from '../option-values.js';

/** Tables go to stdout as they are made; under --json they are one document at the end. */
export const bench: Handler = async ({ config, output }, { args }) => {
  const unknown = args.find((name) => !BENCHMARKS.some((known) => known === name));
  if (unknown !== undefined)
    throw refusedOption('<name>', unknown, `must be one of ${BENCHMARKS.join(', ')}`);
  const script = path.join(config.projectRoot, 'bench', 'index.ts');
  const runner = path.join(config.projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const missing = [script, runner].find((file) => !existsSync(file));
  if (missing !== undefined) throw failure('SOURCES_MISSING', { path: missing });
  const { exitCode, stdout } = await execa(process.execPath, [runner, script, ...args], {
    reject: false,
    stdin: 'ignore',
    stderr: 'inherit',
    stdout: output.json ? 'pipe' : ['pipe', 'inherit'],
    // A Ctrl-C reaches both; the benchmark ends its servers before it goes.
    forceKillAfterDelay: 10_000,
  });
  if (output.json) output.show({ benchmarks: args, output: stdout }, () => '');
  return exitCode ?? 1;
};
