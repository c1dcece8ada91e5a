/** Files that are there whole or not at all. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createWhole, writeWhole } from '../../../src/shared/files/durable.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-durable-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('of many that create a file at once one does, whole, and the others leave nothing behind', async () => {
  const file = path.join(folder, 'new', 'run.json');
  const texts = Array.from({ length: 8 }, (_, writer) => `${writer}`.repeat(100_000));
  const created = await Promise.all(texts.map((text) => createWhole(file, text)));
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await readFile(file, 'utf8')).toBe(texts[created.indexOf(true)]);
  expect(await readdir(path.dirname(file))).toEqual(['run.json']);
});

test('what is there is replaced by writing, and stays for who creates', async () => {
  const file = path.join(folder, 'run.json');
  await writeWhole(file, 'first');
  expect(await createWhole(file, 'second')).toBe(false);
  expect(await readFile(file, 'utf8')).toBe('first');
  await writeWhole(file, 'third');
  expect(await readFile(file, 'utf8')).toBe('third');
});
