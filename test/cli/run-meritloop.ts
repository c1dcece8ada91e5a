/** Runs the built command line as a process of its own, on a home that the test removes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/meritloop', import.meta.url));

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  /** Everything on stderr so far. */
  stderr(): string;
  stdout(): string;
  readonly finished: Promise<Finished>;
}

/** @param env added to the test's own environment; Temporal's and meritloop's own variables are not passed on. */
export function startMeritloop(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCommand {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(MERITLOOP|TEMPORAL|NODE_OPTIONS)/.test(name),
  );
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  const finished = once(child, 'close').then(([code]) => ({ exitCode: code as number | null, ...written }));
  return { process: child, stderr: () => written.stderr, stdout: () => written.stdout, finished };
}

export const runMeritloop = (
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> => startMeritloop(argv, env).finished;
