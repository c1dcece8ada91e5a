/** The build, run as processes of their own on a small project with the real compiler and bundler. */
import { copyFile, mkdir, readFile, rm, stat, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import {
  callOf,
  exists,
  inFolder,
  PROJECT_ROOT,
  startNode,
  writeFiles,
  type Ended,
} from './helpers/project.js';

const WORKFLOW = `
import { sleep } from '@temporalio/workflow';
import { two } from '../two.js';
export async function wait(): Promise<number> {
  await sleep(two);
  return two;
}
`;
const SOURCES = { 'src/two.ts': 'export const two = 2;\n', 'src/old.ts': 'export const old = 1;\n' };

async function makeProject(root: string, sources: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(root, { recursive: true });
  await symlink(path.join(PROJECT_ROOT, 'node_modules'), path.join(root, 'node_modules'));
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    await copyFile(path.join(PROJECT_ROOT, name), path.join(root, name));
  }
  await writeFiles(root, sources);
}

const build = (root: string): Promise<Ended> =>
  startNode(callOf('build.js', 'build({ root: process.cwd() })'), { cwd: root, env: process.env }).ended;

test('builds once, and again only when the contents of a source changed', () =>
  inFolder(async (root) => {
    await makeProject(root, SOURCES);
    expect(await build(root)).toMatchObject({ code: 0, stdout: 'true\n' });
    expect(await build(root)).toEqual({ code: 0, stdout: 'false\n', stderr: '' });
    await utimes(path.join(root, 'src/two.ts'), new Date(), new Date());
    expect(await build(root)).toMatchObject({ stdout: 'false\n' });

    await writeFiles(root, { 'src/two.ts': 'export const two = 3;\n' });
    await rm(path.join(root, 'src/old.ts'));
    expect(await build(root)).toMatchObject({ code: 0, stdout: 'true\n' });
    expect(await readFile(path.join(root, 'dist/two.js'), 'utf8')).toContain('two = 3');
    expect(await exists(path.join(root, 'dist/old.js'))).toBe(false);
    expect(await exists(path.join(root, '.build'))).toBe(false);
  }));

test('says that it leaves out the bundle where there are no workflows', () =>
  inFolder(async (root) => {
    await makeProject(root, SOURCES);
    expect((await build(root)).stderr).toContain(
      'no src/workflows/index.ts: the workflow bundle is left out',
    );
  }));

test('bundles the workflows, and again only when they or what they import changed', () =>
  inFolder(async (root) => {
    await makeProject(root, { ...SOURCES, 'src/workflows/index.ts': WORKFLOW });
    expect(await build(root)).toMatchObject({ code: 0 });
    const bundle = path.join(root, 'dist/workflow-bundle.js');
    const first = await stat(bundle);
    expect(first.size).toBeGreaterThan(100_000);

    await writeFiles(root, { 'src/old.ts': 'export const old = 2;\n' });
    expect((await build(root)).stderr).not.toContain('bundling');
    expect((await stat(bundle)).mtimeMs).toBe(first.mtimeMs);

    await writeFiles(root, { 'src/two.ts': 'export const two = 3;\n' });
    expect((await build(root)).stderr).toContain('bundling the workflows');
  }));

test('a type error ends with its file and line, and leaves dist as it was', () =>
  inFolder(async (root) => {
    await makeProject(root, SOURCES);
    await build(root);
    await writeFiles(root, { 'src/two.ts': "export const two: number = 'two';\n" });
    const { code, stderr } = await build(root);
    expect(code).toBe(1);
    expect(stderr).toContain('src/two.ts(1,14): error TS2322');
    expect(await readFile(path.join(root, 'dist/two.js'), 'utf8')).toContain('two = 2');
    expect(await build(root)).toMatchObject({ code: 1 });
  }));

test('a workflow that imports a part of Node.js is refused', () =>
  inFolder(async (root) => {
    const workflow = `import fs from 'node:fs';\nexport const read = async (): Promise<string[]> => fs.readdirSync('.');\n`;
    await makeProject(root, { 'src/workflows/index.ts': workflow });
    const { code, stderr } = await build(root);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the workflows cannot be bundled:[\s\S]*node:fs/);
  }));

test('two builds at once: one builds, the other waits and finds it done', () =>
  inFolder(async (root) => {
    await makeProject(root, { ...SOURCES, 'src/workflows/index.ts': WORKFLOW });
    const both = await Promise.all([build(root), build(root)]);
    expect(both.map(({ stdout }) => stdout).sort()).toEqual(['false\n', 'true\n']);
  }));
