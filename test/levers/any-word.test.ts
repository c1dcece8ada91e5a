/** Words that every object knows (`constructor`, `toString`, …) are names like any other, or refused like any other. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { partitionKeys } from '../../src/assets/graph/partitions.js';
import { configVersionOf } from '../../src/assets/graph/fingerprint.js';
import { toMeritloopError } from '../../src/temporal/failures.js';
import { ApplicationFailure } from '@temporalio/common';
import { runMeritloop } from '../cli/run-meritloop.js';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { storeAt } from './scratch.js';

const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'];
const isName = (word: string): boolean => !word.startsWith('_');

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-words-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each(WORDS)('a scenario %s is cloned, moved and compared, and the home stays readable', async (word) => {
  const { exitCode, stdout } = await runMeritloop([
    'scenario',
    'clone',
    'default',
    word,
    '--reason',
    'try',
    '--home',
    home,
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject(
    isName(word) ? { scenario: { scenario_id: word } } : { error: { code: 'REQUEST_INVALID' } },
  );
  expect(exitCode).toBe(isName(word) ? 0 : 2);
  const store = storeAt(home);
  const moves = await store.history();
  for (const { from, to, version } of moves) expect([from, to, version]).not.toContain(undefined);
  expect(await store.current('default')).toMatch(/^[0-9a-f]{64}$/);
  expect(await store.current(word)).toMatch(/^[0-9a-f]{64}$/);
  expect((await store.scenarios()).includes(word)).toBe(isName(word));
  expect((await runMeritloop(['levers', 'history', '--home', home, '--json'])).exitCode).toBe(0);
});

test('a move that could not be read again is not written', async () => {
  const store = storeAt(home);
  const current = await store.current('default');
  const history = path.join(home, 'levers', 'history.ndjson');
  const before = await readFile(history, 'utf8');
  const move = {
    scenario: 'other',
    fingerprint: current,
    expected: current,
    action: 'clone',
    warrant: byHand(atHome('ann')),
  } as const;
  await expect(store.publish({ ...move, reason: 3 as never })).rejects.toMatchObject({
    code: 'LEVER_RECORD_DAMAGED',
  });
  expect(await readFile(history, 'utf8')).toBe(before);
  expect(await store.publish({ ...move, reason: 'now it can' })).toMatchObject({ scenario: 'other' });
});

test.each(WORDS)(
  'a scenario, run, column, partition or error called %s is looked up, not inherited',
  (word) => {
    expect(partitionKeys({ kind: 'dynamic', name: word } as never, {})).toEqual([]);
    const given = { configFields: [word], configDefaults: {} };
    expect(configVersionOf(given, {}, (text) => text)).toBe('');
    const strange = toMeritloopError(ApplicationFailure.nonRetryable('lost', word, { code: word }));
    expect(strange.code).toBe('UNEXPECTED');
  },
);
