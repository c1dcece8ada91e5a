import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { leverSetsOn } from '../../src/levers/open.js';
import type { LeverSets } from '../../src/ports.js';
import { loadConfig } from '../../src/config.js';

let home: string;
let sets: LeverSets;
let first: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-levers-'));
  sets = leverSetsOn(loadConfig({ home }, {}));
  first = await sets.current('default');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const changed = async (value: number): Promise<string> => {
  const [row, ...rest] = await sets.load(first);
  return sets.save([{ ...row!, parameter_value: value }, ...rest]);
};

const move = (fingerprint: string, expected = first) => ({
  scenario: 'default',
  fingerprint,
  expected,
  warrant: byHand(atHome('ann')),
  reason: 'budget',
  run_id: 'one',
});

test('of two who publish at once one wins and the other is told; both sets stay', async () => {
  const [left, right] = [await changed(0.031), await changed(0.032)];
  const outcomes = await Promise.allSettled([sets.publish(move(left)), sets.publish(move(right))]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
    code: 'LEVERS_MOVED',
  });
  expect([left, right]).toContain(await sets.current('default'));
  expect(await sets.load(left)).toHaveLength(125);
  expect(await sets.load(right)).toHaveLength(125);
});

test('publishing twice moves and records once', async () => {
  const fingerprint = await changed(0.031);
  await sets.publish(move(fingerprint));
  await sets.publish(move(fingerprint));
  const history = (await readFile(path.join(home, 'levers', 'history.ndjson'), 'utf8')).trim().split('\n');
  expect(history.map((line) => JSON.parse(line) as object)).toMatchObject([
    { from: first, to: fingerprint, by: 'ann', version: 1 },
  ]);
});

test('another scenario keeps what it has', async () => {
  const fingerprint = await changed(0.031);
  await sets.publish({ ...move(fingerprint), scenario: 'growth' });
  expect(await sets.current('growth')).toBe(fingerprint);
  expect(await sets.current('default')).toBe(first);
});

test('a lever file is stored as a set; a missing one is named', async () => {
  const file = path.join(home, 'mine.csv');
  await writeFile(
    file,
    await readFile(path.join(loadConfig({}, {}).projectRoot, 'seeds', 'comp_levers.csv')),
  );
  expect(await sets.importFile(file)).toBe(first);
  await expect(sets.importFile(path.join(home, 'none.csv'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
});
