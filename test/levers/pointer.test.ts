/** The pointer of a scenario: compare-and-swap, its history, and what a killed writer leaves behind. */
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { MeritloopError } from '../../src/shared/errors/errors.js';
import type { LeverStore } from '../../src/levers/store.js';
import { runMeritloop } from '../cli/run-meritloop.js';
import { publishUntilCall, savedWith, startWriter, storeAt } from './scratch.js';

let home: string;
let store: LeverStore;
let first: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-pointer-'));
  store = storeAt(home);
  first = await store.current('default');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const file = (name: string): string => path.join(home, 'levers', name);
const pointerText = () => readFile(file('current.json'), 'utf8');
const publish = (fingerprint: string, expected: string, by = 'ann', reason = 'budget') =>
  store.publish({
    scenario: 'default',
    fingerprint,
    expected,
    action: 'set',
    warrant: byHand(atHome(by)),
    reason,
  });
const next = (value: number, from = first) => savedWith(store, from, 'merit_base', value);

test('a move is recorded with who, when, why, from and to', async () => {
  const set = await next(0.031);
  const move = await store.publish({
    scenario: 'default',
    fingerprint: set,
    expected: first,
    warrant: byHand(atHome('ann')),
    reason: 'budget',
    run_id: 'plan',
  });
  expect(move).toEqual({
    version: 1,
    action: 'publish',
    scenario: 'default',
    from: first,
    to: set,
    by: 'ann',
    reason: 'budget',
    run_id: 'plan',
    approval: null,
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(await store.history()).toEqual([move]);
  expect(JSON.parse(await pointerText())).toEqual({ scenarios: { default: set }, version: 1 });
  expect(await store.current('never-moved')).toBe(set);
});

test('what is current already is no move', async () => {
  expect(await publish(first, first)).toBeNull();
  expect(await store.history()).toEqual([]);
});

test('a refusal names who was quicker, when, why and what they changed; both sets stay', async () => {
  const [theirs, own] = [await next(0.031), await next(0.032)];
  const winner = await publish(theirs, first, 'ann', 'budget cut');
  const refusal = await publish(own, first, 'ben').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(MeritloopError);
  expect(refusal).toMatchObject({
    code: 'LEVERS_MOVED',
    exitCode: 2,
    fields: { by: 'ann', at: winner?.at, reason: 'budget cut', expected: first, found: theirs, own },
  });
  const { message, hint, fields } = refusal as MeritloopError;
  expect(fields['changes']).toHaveLength(25);
  expect(message).toContain('ann moved the levers of default meanwhile, at 20');
  expect(message).toContain('default 2025 L1 merit_base 0.04 -> 0.031; ');
  expect(message).toContain(' and 22 more changes');
  expect(hint).toContain(`meritloop levers diff current ${own.slice(0, 12)}`);
  expect(await store.current('default')).toBe(theirs);
  expect(await store.load(own)).toHaveLength(125);
  expect(await store.history()).toHaveLength(1);
});

test('a scenario without levers of its own is refused by a move of default', async () => {
  await publish(await next(0.031), first, 'ann', 'all');
  const own = await next(0.032);
  await expect(
    store.publish({
      scenario: 'growth',
      fingerprint: own,
      expected: first,
      warrant: byHand(atHome('ben')),
      reason: 'growth',
    }),
  ).rejects.toMatchObject({ code: 'LEVERS_MOVED', fields: { scenario: 'growth', by: 'ann', reason: 'all' } });
});

test.each(['0'.repeat(64), 'default'])('a set that is not stored is never current: %s', async (set) => {
  await expect(publish(set, first)).rejects.toMatchObject({ code: 'LEVER_SET_UNKNOWN' });
  expect(await store.history()).toEqual([]);
});

test('a set is found by the start of its fingerprint', async () => {
  expect(await store.find(first.slice(0, 8))).toBe(first);
  expect(await store.find(first)).toBe(first);
  for (const name of [first.slice(0, 5), 'default', '../current', 'f'.repeat(64)])
    expect(await store.find(name)).toBeUndefined();
});

describe('after a kill', () => {
  test('between history and pointer the move is made, and the next one writes the pointer', async () => {
    const before = await pointerText();
    const set = await next(0.031);
    await publish(set, first);
    await writeFile(file('current.json'), before);
    expect(await storeAt(home).current('default')).toBe(set);
    const later = await next(0.032);
    await expect(publish(later, first)).rejects.toMatchObject({ code: 'LEVERS_MOVED' });
    expect(await publish(later, set)).toMatchObject({ version: 2, from: set });
    expect(JSON.parse(await pointerText())).toEqual({ scenarios: { default: later }, version: 2 });
  });

  test('in the middle of a line the move is not made, and the next one cuts it off', async () => {
    const set = await next(0.031);
    await publish(set, first);
    await appendFile(file('history.ndjson'), '{"version":2,"action":"set","by":"Zoë');
    expect(await store.current('default')).toBe(set);
    expect(await store.history()).toHaveLength(1);
    const later = await next(0.032);
    await publish(later, set);
    expect((await store.history()).map(({ to }) => to)).toEqual([set, later]);
    expect(await readFile(file('history.ndjson'), 'utf8')).not.toContain('Zoë');
  });

  test('without current.json the pointer is read from the history', async () => {
    const set = await next(0.031);
    await publish(set, first);
    await store.publish({
      scenario: 'growth',
      fingerprint: first,
      expected: set,
      warrant: byHand(atHome('ann')),
      reason: '',
    });
    await rm(file('current.json'));
    expect(await store.current('default')).toBe(set);
    expect(await store.current('growth')).toBe(first);
  });

  test('a lock of a dead process is broken by one of many', async () => {
    const holder = { pid: 2 ** 22 + 1, started: '1', taking: 'gone' };
    await writeFile(file('pointer.lock'), JSON.stringify(holder));
    const sets = await Promise.all([0.031, 0.032, 0.033, 0.034].map((value) => next(value)));
    const moves = await Promise.allSettled(sets.map((set) => publish(set, first)));
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.history()).toHaveLength(1);
    expect((await readdir(path.join(home, 'levers'))).filter((name) => name.includes('lock'))).toEqual([]);
  });

  test.each([
    ['history.ndjson', '{"version":1}\n', 'line 1'],
    ['history.ndjson', '\n', 'line 1'],
    ['current.json', '{"scenarios":', 'line 1'],
  ])('a damaged %s is named: %j', async (name, text, where) => {
    await writeFile(file(name), text);
    await expect(store.current('default')).rejects.toMatchObject({
      code: 'LEVER_RECORD_DAMAGED',
      message: expect.stringContaining(`${file(name)} ${where}`),
    });
  });
});

/** Builds what the processes of a test run. */
async function builtStore(): Promise<void> {
  const { exitCode, stderr } = await runMeritloop(['--version']);
  if (exitCode !== 0) throw new Error(stderr);
}

test('a writer killed before any one of its calls to the file system has moved wholly or not at all', async () => {
  await builtStore();
  const set = await next(0.031);
  const bare = await readFile(file('current.json'), 'utf8');
  const outcomes: string[] = [];
  for (let call = 1, made = false; !made; call += 1) {
    made = await publishUntilCall(home, set, first, call);
    const moves = await store.history();
    expect(await store.current('default')).toBe(moves.at(-1)?.to ?? first);
    expect(moves.map(({ version, from, to }) => [version, from, to])).toEqual(
      moves.length === 0 ? [] : [[1, first, set]],
    );
    outcomes.push(moves.length === 0 ? 'not' : (await pointerText()) === bare ? 'recorded' : 'moved');
    // The next one goes on from what it finds, the dead one's lock included.
    const later = await next(0.032);
    expect(await publish(later, await store.current('default'))).toMatchObject({ version: moves.length + 1 });
    expect(JSON.parse(await pointerText())).toMatchObject({ scenarios: { default: later } });
    await rm(file('history.ndjson'));
    await writeFile(file('current.json'), bare);
  }
  // Each stage was met, in this order.
  expect(outcomes.filter((outcome, index) => outcome !== outcomes[index - 1])).toEqual([
    'not',
    'recorded',
    'moved',
  ]);
});

test('two writers killed at any moment, again and again, lose no move that they were told of', async () => {
  await builtStore();
  const told: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const writers = ['ann', 'ben'].map((name) => startWriter(home, `${name}${round}-`));
    const total = () => writers.reduce((sum, writer) => sum + writer.told.length, 0);
    while (total() < 3 + round && writers.every(({ process }) => process.exitCode === null)) await sleep(5);
    const ends = writers.map((writer) => once(writer.process, 'close'));
    writers.forEach((writer) => writer.process.kill('SIGKILL'));
    expect(await Promise.all(ends)).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
    told.push(...writers.flatMap((writer) => writer.told));

    const moves = await store.history();
    expect(moves.map(({ version }) => version)).toEqual(moves.map((_, index) => index + 1));
    expect(moves.map(({ from }) => from)).toEqual([first, ...moves.slice(0, -1).map(({ to }) => to)]);
    expect(await store.current('default')).toBe(moves.at(-1)?.to);
    expect(new Set(moves.map(({ version }) => version))).toEqual(
      new Set([...moves.map(({ version }) => version), ...told]),
    );
    for (const { to } of moves) expect(await store.load(to)).toHaveLength(125);
  }
  expect(told.length).toBeGreaterThanOrEqual(4 * 3);
});
