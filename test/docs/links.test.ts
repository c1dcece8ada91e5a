/** Every link of the documents to a file of the project leads somewhere, and the README stays short. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const LINK = /\]\((?!https?:|#)([^)#\s]+)/g;

test('no dead link', async () => {
  const docs = (await readdir('docs', { recursive: true })).filter((file) => file.endsWith('.md'));
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...docs.map((file) => path.join('docs', file)),
  ];
  const dead: string[] = [];
  for (const page of pages) {
    for (const [, target = ''] of (await readFile(page, 'utf8')).matchAll(LINK))
      if (!existsSync(path.join(path.dirname(page), target))) dead.push(`${page}: ${target}`);
  }
  expect(dead).toEqual([]);
});

test('the README leads to every document but those of a group that has its own index', async () => {
  const readme = await readFile('README.md', 'utf8');
  const docs = (await readdir('docs', { recursive: true })).filter((file) => file.endsWith('.md'));
  const lost = docs.filter((file) => !/^(adr|model)[/\\]/.test(file) && !readme.includes(`docs/${file}`));
  expect(lost).toEqual([]);
});

test('the README has at most 500 words', async () => {
  expect((await readFile('README.md', 'utf8')).split(/\s+/).length).toBeLessThanOrEqual(500);
});
