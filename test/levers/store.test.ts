/** The lever store on a real folder: immutable sets, the first import, and what a changed file leads to. */
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { parseLevers } from '../../src/levers/file.js';
import { leverFingerprint, LeverStore } from '../../src/levers/store.js';

let home: string;
let store: LeverStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-levers-'));
  store = new LeverStore({ home, seedsDir: 'seeds' });
});
afterEach(() => rm(home, { recursive: true, force: true }));

const seedText = () => readFile('seeds/comp_levers.csv', 'utf8');
const seedRows = async () => parseLevers(await seedText(), 'comp_levers.csv');

test('the first use imports the delivered levers and points at them', async () => {
  const fingerprint = await store.current('default');
  expect(fingerprint).toBe(
    createHash('sha256')
      .update(await seedText())
      .digest('hex'),
  );
  expect(JSON.parse(await readFile(path.join(home, 'levers', 'current.json'), 'utf8'))).toEqual({
    scenarios: { default: fingerprint },
    version: 0,
  });
  expect((await readdir(path.join(home, 'levers'))).toSorted()).toEqual(
    [`${fingerprint}.csv`, 'current.json'].toSorted(),
  );
  expect(await store.load(fingerprint)).toEqual(await seedRows());
});

test('first uses at once agree', async () => {
  const stores = Array.from({ length: 8 }, () => new LeverStore({ home, seedsDir: 'seeds' }));
  const found = await Promise.all(stores.map((one) => one.current('default')));
  expect(new Set(found).size).toBe(1);
  expect(await readdir(path.join(home, 'levers'))).toHaveLength(2);
});

test('the pointer is not made anew from the seed when it has moved', async () => {
  await store.current('default');
  const rows = (await seedRows()).map((row) => ({ ...row, parameter_value: row.parameter_value / 2 + 0.5 }));
  const inRange = rows.filter((row) => row.parameter_name.startsWith('promotion'));
  const moved = await store.save(inRange);
  const pointer = {
    scenarios: { default: moved, 'what-if': leverFingerprint(await seedRows()) },
    version: 1,
  };
  await writeFile(path.join(home, 'levers', 'current.json'), JSON.stringify(pointer));
  expect(await store.current('default')).toBe(moved);
  expect(await store.current('never-moved')).toBe(moved);
  expect(await store.current('what-if')).toBe(leverFingerprint(await seedRows()));
});

test('a set is named by its rows whatever their order, and stored once', async () => {
  const rows = await seedRows();
  const fingerprint = await store.save(rows);
  const before = await stat(store.path(fingerprint));
  expect(await store.save(rows.toReversed())).toBe(fingerprint);
  expect((await stat(store.path(fingerprint))).ino).toBe(before.ino);
  const locked = rows.map((row, index) => ({ ...row, is_locked: index === 0 }));
  expect(await store.save(locked)).not.toBe(fingerprint);
});

test('a changed file is refused, and saving the rows again mends it', async () => {
  const rows = await seedRows();
  const fingerprint = await store.save(rows);
  await appendFile(store.path(fingerprint), 'default,2030,1,RAISE,merit_base,0.04,false,,\n');
  await expect(store.load(fingerprint)).rejects.toMatchObject({ code: 'LEVER_SET_CHANGED', exitCode: 2 });
  await store.save(rows);
  expect(await store.load(fingerprint)).toEqual(rows);
});

test.each(['0'.repeat(64), 'default', '../current'])('no set %s', async (fingerprint) => {
  await expect(store.load(fingerprint)).rejects.toMatchObject({ code: 'LEVER_SET_UNKNOWN' });
});

test('a bad first file stores nothing', async () => {
  await writeFile(path.join(home, 'comp_levers.csv'), (await seedText()).replace('0.04', 'x'));
  const bad = new LeverStore({ home, seedsDir: home });
  await expect(bad.current('default')).rejects.toMatchObject({
    code: 'ROW_INVALID',
    message: 'comp_levers.csv line 2: parameter_value = x: must be a number',
  });
  expect(await readdir(home)).toEqual(['comp_levers.csv']);
});
