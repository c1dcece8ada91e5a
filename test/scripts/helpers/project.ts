/** Small projects in temporary folders, with stand-ins for npm and Python that note each call. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const PROJECT_ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `work` with a new folder and removes it afterwards. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-scripts-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** A folder for PATH that holds node and the given shell programs alone. */
export async function programs(folder: string, scripts: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const tool of ['sh', 'mkdir', 'cp', 'sleep']) await symlink(`/bin/${tool}`, path.join(folder, tool));
  await symlink(process.execPath, path.join(folder, 'node'));
  for (const [name, script] of Object.entries(scripts)) {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts node with `args`; `env` is all of its environment. */
export function startNode(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Started {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

/** A program that calls `call`, which may use the exports of `module`, and prints its result as JSON. */
export function callOf(module: string, call: string): string[] {
  const url = (name: string): string =>
    JSON.stringify(pathToFileURL(path.join(PROJECT_ROOT, 'scripts', name)).href);
  const program = `
    import * as script from ${url(module)};
    import { exitCodeOf } from ${url('problem.js')};
    process.exitCode = await exitCodeOf(async () => {
      console.log(JSON.stringify(await script.${call}));
      return 0;
    });`;
  return ['--input-type=module', '-e', program];
}

/** Waits until `file` exists and holds a whole line; a process in the test writes it. */
export async function lineOf(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return text.trim();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** False also for a process that has ended and that nobody has collected yet. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}
