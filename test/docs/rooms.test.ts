/** The diagram of rooms is the one that the compiled modules draw, and ARCHITECTURE names each room. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { roomsReference } from '../../scripts/rooms-reference.js';

test('docs/reference/rooms.md is drawn from the modules (node scripts/rooms-reference.js)', async () => {
  expect(await readFile('docs/reference/rooms.md', 'utf8')).toBe(roomsReference('.'));
});

test('ARCHITECTURE.md names every folder of src', async () => {
  const text = await readFile('ARCHITECTURE.md', 'utf8');
  const folders = (await readdir('src', { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(folders.filter(({ name }) => !text.includes(`src/${name}`)).map(({ name }) => name)).toEqual([]);
});
