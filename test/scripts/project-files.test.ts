/** The project's rules for its own files, on small git checkouts that break them. */
import { execa } from 'execa';
import { fileChecks } from '../../scripts/check/project-files.js';
import { inFolder, writeFiles } from './helpers/project.js';

/** Details of every failed check. */
async function problems(files: Readonly<Record<string, string>>): Promise<string> {
  const found: string[] = [];
  await inFolder(async (root) => {
    await execa('git', ['init', '-q'], { cwd: root });
    await writeFiles(root, { 'package.json': '{}', 'package-lock.json': '{"packages":{}}', ...files });
    for (const { judge } of fileChecks(root)) {
      const { passed, details } = await judge();
      if (!passed) found.push(details);
    }
  });
  return found.join('\n');
}

const lock = (entry: object): string => JSON.stringify({ packages: { '': {}, 'node_modules/a': entry } });
/** Put together here, since these tests are under the same rules. */
const HOME = ['', 'home', 'someone'].join('/');
const REGISTRY = ['pypi', 'org'].join('.');
const wantsA = JSON.stringify({ dependencies: { a: '1.0.0' } });

test('a clean project has no problems', async () => {
  const files = {
    'package.json': wantsA,
    'package-lock.json': lock({ version: '1.0.0', integrity: 'sha512-x' }),
  };
  expect(await problems({ ...files, 'src/a.ts': 'export {};\n'.repeat(300) })).toBe('');
});

test.each([
  ['src/long.ts', 'export {};\n'.repeat(301), 'src/long.ts: 301 lines; split it'],
  ['docs/a.md', `first\nsee ${HOME}/file\n`, `docs/a.md:2: a path of one machine: ${HOME}`],
  ['a.yml', `index: https://${REGISTRY}/simple\n`, `a.yml:1: a registry host: ${REGISTRY}`],
  ['package.json', wantsA, 'a is 1.0.0 in package.json and not in the lock; run npm install'],
  ['package-lock.json', lock({ version: '1.0.0' }), 'a has no integrity hash in the lock'],
  [
    'package-lock.json',
    lock({ version: '1.0.0', integrity: 'x', resolved: 'https://x' }),
    'a has a download address (resolved) in the lock',
  ],
])('%s that breaks a rule is named', async (file, text, problem) => {
  expect(await problems({ [file]: text })).toContain(problem);
});
