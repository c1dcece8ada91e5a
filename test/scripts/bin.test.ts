/** The command's start: as part of an installed package it runs what was built, with its exit code. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { inFolder, PROJECT_ROOT, startNode, writeFiles } from './helpers/project.js';

test('without src/ it installs and builds nothing, and hands on arguments and exit code', () =>
  inFolder(async (root) => {
    for (const name of ['bin', 'scripts'])
      await cp(path.join(PROJECT_ROOT, name), path.join(root, name), { recursive: true });
    await writeFiles(root, {
      'package.json': '{"type":"module"}',
      'dist/cli/end-process.js': 'export const endProcess = (code) => process.exit(code);',
      'dist/cli/main.js': 'export const main = async (args) => { console.log(args.join(" ")); return 3; };',
    });
    const { ended } = startNode(['bin/meritloop', 'optimize', '--json'], { cwd: root, env: {} });
    expect(await ended).toEqual({ code: 3, stdout: 'optimize --json\n', stderr: '' });
  }));
