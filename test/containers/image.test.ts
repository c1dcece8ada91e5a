/** What the image holds is enough to run: the same files in a folder of their own, without the sources. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copiesOf, ROOT } from './files.js';

const run = promisify(execFile);
/** Large, and the same in the image but for the packages that only developers need. */
const LINKED = ['node_modules', '.venv'];

let folder: string;
let app: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-image-'));
  app = path.join(folder, 'app');
  await mkdir(app);
  for (const { sources, target } of copiesOf('runtime')) {
    for (const source of sources) {
      const to = path.join(app, target === '.' ? source : target);
      if (LINKED.includes(source)) await symlink(path.join(ROOT, source), to);
      else await cp(path.join(ROOT, source), to, { recursive: true });
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = async (): Promise<string[]> =>
  (await readdir(app, { recursive: true })).filter(
    (file) => !LINKED.some((linked) => file.startsWith(linked)),
  );

const meritloop = (...argv: string[]) =>
  run(process.execPath, [path.join(app, 'bin', 'meritloop'), ...argv], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      MERITLOOP_HOME: path.join(folder, 'data', 'home'),
      MERITLOOP_CACHE: path.join(folder, 'data', 'cache'),
    },
  });

test('doctor is healthy and a simulation runs; nothing is written beside /data', async () => {
  const before = await files();
  const { stdout } = await meritloop('doctor', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ healthy: true });
  const simulated = await meritloop('simulate', '--years', '2025-2026', '--json');
  expect(JSON.parse(simulated.stdout)).toMatchObject({ engine: 'plan', reused: false });
  expect(await files()).toEqual(before);
});
