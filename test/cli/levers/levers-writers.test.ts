/** Twenty processes that change the levers of one scenario at once: each is accepted or told who was quicker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PARAMETERS, PARAMETER_NAMES } from '../../../src/levers/lever.contract.js';
import { LeverStore } from '../../../src/levers/store.js';
import { runMeritloop } from '../run-meritloop.js';

let home: string;
let store: LeverStore;
let first: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-writers-'));
  // Builds what the writers run, and makes the first import.
  const shown = await runMeritloop(['levers', 'show', '--home', home]);
  if (shown.exitCode !== 0) throw new Error(shown.stderr);
  store = new LeverStore({ home, seedsDir: 'seeds' });
  first = await store.current('default');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const WRITERS = 20;

/** Each writer has a lever of its own: four parameters on five levels. */
const leverOf = (writer: number) => {
  const parameter = PARAMETER_NAMES[writer % 4]!;
  const level = 1 + Math.floor(writer / 4);
  const [low] = PARAMETERS[parameter].hardRange;
  return { parameter, level, value: Number((low + 0.05 + writer / 1000).toFixed(3)) };
};

async function writeAll(...argv: string[]) {
  const ended = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const { parameter, level, value } = leverOf(writer);
      const words = ['levers', 'set', `${parameter}=${value}`, '--level', String(level), '--years', '2027'];
      const who = ['--by', `writer-${writer}`, '--reason', `reason ${writer}`, '--json', '--home', home];
      const { exitCode, stdout, stderr } = await runMeritloop([...words, ...who, ...argv]);
      expect({ stderr, known: exitCode === 0 || exitCode === 2 }).toEqual({ stderr: '', known: true });
      return { writer, exitCode, said: JSON.parse(stdout) };
    }),
  );
  return {
    accepted: ended.filter(({ exitCode }) => exitCode === 0),
    refused: ended.filter(({ exitCode }) => exitCode === 2),
  };
}

type Outcome = Awaited<ReturnType<typeof writeAll>>;

/** All that must hold whoever was quicker; the moves, oldest first. */
async function checked({ accepted, refused }: Outcome) {
  const moves = await store.history('default');
  expect(accepted.length + refused.length).toBe(WRITERS);
  expect(moves.map(({ by }) => by).toSorted()).toEqual(
    accepted.map(({ writer }) => `writer-${writer}`).toSorted(),
  );
  expect(moves.map(({ from }) => from)).toEqual([first, ...moves.slice(0, -1).map(({ to }) => to)]);
  for (const { said } of accepted) expect(moves).toContainEqual(said.move);
  for (const { writer, said } of refused) {
    const { code, fields } = said.error;
    expect(code).toBe('LEVERS_MOVED');
    // The winner is the one who made the set that was found.
    const winner = moves.find(({ to }) => to === fields.found);
    expect(fields).toMatchObject({ by: winner?.by, at: winner?.at, reason: winner?.reason });
    expect(fields.changes.length).toBeGreaterThan(0);
    const own = await store.load(fields.own);
    expect(own.filter(({ created_by }) => created_by === `writer-${writer}`)).toHaveLength(1);
  }
  const rows = await store.load(await store.current('default'));
  for (const { writer } of accepted) {
    const { parameter, level, value } = leverOf(writer);
    expect(rows).toContainEqual(
      expect.objectContaining({
        fiscal_year: 2027,
        job_level: level,
        parameter_name: parameter,
        parameter_value: value,
        created_by: `writer-${writer}`,
      }),
    );
  }
  return moves;
}

test('who read and wrote undisturbed is accepted, and every accepted value is in the last set', async () => {
  const outcome = await writeAll();
  expect((await checked(outcome)).length).toBeGreaterThan(0);
});

test('of twenty who saw the same set one wins, and all others are told of it', async () => {
  const outcome = await writeAll('--expected', first);
  expect(await checked(outcome)).toHaveLength(1);
  expect(outcome.refused).toHaveLength(WRITERS - 1);
});
