/** The order of the test files, as jest itself lists them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SLOW_FILES } from '../../scripts/test/slow-files.js';
import { inFolder, PROJECT_ROOT, startNode, writeFiles } from './helpers/project.js';

test('every file that is said to take long exists', () => {
  const missing = SLOW_FILES.filter(
    (name) => !existsSync(path.join(PROJECT_ROOT, 'test', `${name}.test.ts`)),
  );
  expect(missing).toEqual([]);
});

test('files known to take long are begun first, in their order, whatever their size', () =>
  inFolder(async (folder) => {
    const [longest, long] = SLOW_FILES;
    await writeFiles(folder, {
      'package.json': '{}',
      'test/large.test.ts': `test('large', () => {}); // ${'x'.repeat(2000)}`,
      [`test/${long}.test.ts`]: `test('long', () => {}); // ${'x'.repeat(1000)}`,
      [`test/${longest}.test.ts`]: "test('longest', () => {});",
    });
    const config = {
      testMatch: ['**/*.test.ts'],
      transform: {},
      testSequencer: path.join(PROJECT_ROOT, 'scripts/test/longest-first.js'),
    };
    const jest = path.join(PROJECT_ROOT, 'node_modules/jest/bin/jest.js');
    const args = [jest, '--runInBand', '--rootDir', folder, '--config', JSON.stringify(config)];
    const { code, stderr } = await startNode(args, { cwd: folder, env: process.env }).ended;
    const begun = [...stderr.matchAll(/PASS (\S+)/g)].map(([, file]) => file);
    expect({ code, begun }).toEqual({
      code: 0,
      begun: [`test/${longest}.test.ts`, `test/${long}.test.ts`, 'test/large.test.ts'],
    });
  }));
