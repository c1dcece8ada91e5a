/** The commands of the how-to guides work as they stand there, in their order, on a home of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config.js';
import { startMeritloop, type RunningCommand } from '../cli/run-meritloop.js';

const ROOT = loadConfig({}, {}).projectRoot;
/** Two dozen processes, one after the other. */
const MINUTES = 10;

interface Step {
  readonly command: string;
  readonly exitCode: number;
}

/** The lines of the blocks marked `sh`; a comment at the end of a line names an exit code other than 0. */
function steps(markdown: string): Step[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => {
      const [, command = line, exitCode = '0'] = /^(.*?) +# ends with (\d)$/.exec(line) ?? [];
      return { command, exitCode: Number(exitCode) };
    });
}

let folder: string;
/** Held, so that each command finds a server instead of starting and stopping one. */
let server: RunningCommand;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-how-to-'));
  await symlink(path.join(ROOT, 'bin'), path.join(folder, 'bin'));
  server = startMeritloop(['server', '--home', path.join(folder, 'home')]);
  while (server.stdout() === '' && server.process.exitCode === null) await sleep(50);
});
afterAll(async () => {
  server.process.kill('SIGINT');
  await server.finished;
  await rm(folder, { recursive: true, force: true });
});

async function perform(command: string): Promise<{ exitCode: number; output: string }> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(MERITLOOP|TEMPORAL|NODE_OPTIONS)/.test(name),
  );
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), MERITLOOP_HOME: path.join(folder, 'home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, output };
}

test.each([
  ['analyst-session.md', 15],
  ['grid.md', 10],
  ['impact.md', 5],
  ['scenarios.md', 12],
  ['uncertainty.md', 4],
  // It leaves its own company in use.
  ['../tutorial/your-company.md', 13],
])(
  '%s',
  async (name, least) => {
    const found = steps(await readFile(path.join(ROOT, 'docs', 'how-to', name), 'utf8'));
    expect(found.length).toBeGreaterThanOrEqual(least);
    for (const { command, exitCode } of found) {
      const ended = await perform(command);
      // With the output, so that a failure tells what the command said.
      expect({ command, ...ended }).toEqual({ command, exitCode, output: ended.output });
    }
  },
  MINUTES * 60_000,
);
