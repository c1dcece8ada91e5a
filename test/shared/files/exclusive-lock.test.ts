/** The lock between processes: one holder at a time, a dead one passed over, a living one named. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { withLock } from '../../../src/shared/files/exclusive-lock.js';
import { identify } from '../../../src/shared/files/process-identity.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-lock-'));
  file = path.join(folder, 'some.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const DEAD = { pid: 2 ** 22 + 1, started: '1' };

test.each([
  ['nobody', null],
  ['a dead process', { ...DEAD, taking: 'gone' }],
  ['a dead process of an earlier release', DEAD],
])('of thirty takers one works at a time, the lock being held by %s', async (_, holder) => {
  if (holder !== null) await writeFile(file, JSON.stringify(holder));
  let working = 0;
  const most: number[] = [];
  const takers = Array.from({ length: 30 }, () =>
    withLock(file, async () => {
      working += 1;
      for (let turns = 0; turns < 3; turns += 1) await turn();
      most.push(working);
      working -= 1;
    }),
  );
  await Promise.all(takers);
  expect(most).toEqual(Array.from({ length: 30 }, () => 1));
  expect(await readdir(folder)).toEqual([]);
});

test('a dead process that was breaking the lock of another is passed over too', async () => {
  await writeFile(file, JSON.stringify({ ...DEAD, taking: 'one' }));
  await writeFile(`${file}.dead-one`, JSON.stringify({ ...DEAD, taking: 'two' }));
  expect(await withLock(file, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('a living holder keeps the lock and is named', async () => {
  const held = JSON.stringify({ ...identify(process.pid), taking: 'mine' });
  await writeFile(file, held);
  await expect(withLock(file, async () => {}, 0)).rejects.toMatchObject({
    code: 'LOCK_HELD',
    message: `${file} is held by process ${process.pid}`,
  });
  expect(await readFile(file, 'utf8')).toBe(held);
});

test('work that fails lets the lock go', async () => {
  await expect(withLock(file, () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  expect(await readdir(folder)).toEqual([]);
});
