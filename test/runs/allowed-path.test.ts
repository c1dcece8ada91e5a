/** A request names files of the allowed folders only, whatever links and dots it uses. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allowedPath } from '../../src/runs/allowed-path.js';
import { loadConfig } from '../../src/config.js';

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'meritloop-paths-')));
  for (const folder of ['home', 'project', 'shared', 'shared-too', 'other'])
    await mkdir(path.join(root, folder));
  for (const file of ['home/h.csv', 'project/p.csv', 'shared/s.csv', 'shared-too/t.csv', 'other/o.csv'])
    await writeFile(path.join(root, file), '');
  await symlink(path.join(root, 'other/o.csv'), path.join(root, 'shared/link.csv'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const settings = (inputFolders: readonly string[] | 'any') => ({
  home: path.join(root, 'home'),
  projectRoot: path.join(root, 'project'),
  inputFolders: inputFolders === 'any' ? inputFolders : inputFolders.map((folder) => path.join(root, folder)),
});

test.each([
  ['any', 'other/o.csv'],
  [[], 'home/h.csv'],
  [[], 'project/p.csv'],
  [['shared'], 'shared/s.csv'],
  [['shared'], 'shared/not-there.csv'],
] as const)('folders %j: %s is taken', (folders, file) => {
  expect(allowedPath(settings(folders), 'census', path.join(root, file))).toBe(path.join(root, file));
});

test.each([
  [[], 'other/o.csv'],
  [['shared'], 'shared/../other/o.csv'],
  [['shared'], 'shared-too/t.csv'],
  [['shared'], 'shared/link.csv'],
  [[], 'home'],
] as const)('folders %j: %s is refused', (folders, file) => {
  expect(() => allowedPath(settings(folders), 'census', `${root}/${file}`)).toThrow(
    expect.objectContaining({
      code: 'REQUEST_INVALID',
      fields: expect.objectContaining({ field: 'census' }),
    }),
  );
});

test.each([
  ['h.csv', 'home/h.csv'],
  ['p.csv', 'project/p.csv'],
  ['nowhere.csv', 'project/nowhere.csv'],
])('%s is looked for in the home, then in the project', (file, found) => {
  expect(allowedPath(settings([]), 'levers', file)).toBe(path.join(root, found));
});

test('a relative path leads out of nothing', () => {
  expect(() => allowedPath(settings('any'), 'levers', '../other/o.csv')).toThrow(/must stay inside/);
});

test.each([
  [{}, 'any'],
  [{ TEMPORAL_ADDRESS: 'temporal:7233' }, []],
  [{ TEMPORAL_ADDRESS: 'temporal:7233', MERITLOOP_INPUT_FOLDERS: 'in:/data/in' }, ['/there/in', '/data/in']],
  [{ MERITLOOP_INPUT_FOLDERS: '/data/in' }, ['/data/in']],
])('%j allows %j', (env, folders) => {
  expect(loadConfig({}, env, '/there').inputFolders).toEqual(folders);
});
