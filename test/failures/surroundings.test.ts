/** Faults of the surroundings that are met before a command has begun end in a coded error with the next step. */
import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environmentFailure } from '../../src/shared/errors/explain.js';

test('too few open files are told, with the command that gives more', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-files-'));
  try {
    const command = 'ulimit -n 40; exec node bin/meritloop levers history --home "$0"';
    const { exitCode, stderr } = await execa('sh', ['-c', command, home], { reject: false });
    expect([exitCode, stderr]).toEqual([
      6,
      expect.stringMatching(/^FILE_SYSTEM too many open files\n  next: .*ulimit -n/m),
    ]);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

// Node's words for a folder that cannot be made on a read-only disk.
test.each([
  ['ENOENT', "ENOENT: no such file or directory, mkdir '/mnt/ro/home'"],
  ['EROFS', "EROFS: read-only file system, open '/mnt/ro/home/x'"],
  ['EMFILE', "EMFILE: too many open files, open '/home/x'"],
])('%s is explained', (code, message) => {
  const error = environmentFailure(Object.assign(new Error(message), { code }), 'levers history');
  expect(error).toMatchObject({ code: 'FILE_SYSTEM', exitCode: 6 });
  expect(error?.hint).toContain('ulimit -n');
});
