/** Runs that change the levers: on convergence, after somebody else's approval, and when somebody was quicker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeverMoveRecord } from '../../../src/levers/lever-store.contract.js';
import { runMeritloop, startMeritloop, type RunningCommand } from '../run-meritloop.js';

let folder: string;
let home: string;
let census: string;
// Held, so that each command finds a server instead of starting and stopping one.
let server: RunningCommand;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-applied-'));
  home = path.join(folder, 'home');
  census = path.join(folder, 'census.csv');
  const made = await run('census', 'generate', '--employees', '500', '--seed', '5', '--out', census);
  if (made.exitCode !== 0) throw new Error(made.stderr);
  server = startMeritloop(['server', '--home', home]);
  while (server.stdout() === '' && server.process.exitCode === null) await sleep(50);
});
/** Runs that a failed test left waiting would keep the server alive. */
const started: RunningCommand[] = [];
afterAll(async () => {
  for (const { process, finished } of started) {
    process.kill('SIGKILL');
    await finished;
  }
  server.process.kill('SIGINT');
  await server.finished;
  await run('server', 'stop');
  await rm(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => runMeritloop([...argv, '--home', home]);

async function json(...argv: string[]) {
  const { stdout, exitCode } = await run(...argv, '--json');
  return { exitCode, document: JSON.parse(stdout) };
}

const lastMove = async (): Promise<LeverMoveRecord> =>
  (await json('levers', 'history')).document.moves[0] as LeverMoveRecord;
const current = async (): Promise<string> => (await json('levers', 'show')).document.lever_set as string;

/** Starts a run and returns once it waits for a decision. */
async function startWaiting(id: string, ...argv: string[]): Promise<RunningCommand> {
  const options = ['--id', id, '--apply', 'after-approval', '--requested-by', 'ann', ...argv];
  const command = startMeritloop(['optimize', '--census', census, ...options, '--json', '--home', home]);
  started.push(command);
  while (command.process.exitCode === null) {
    const { exitCode, document } = await json('runs', 'show', id);
    if (exitCode === 0 && document.phase === 'waiting_for_approval') return command;
    await sleep(100);
  }
  throw new Error((await command.finished).stdout);
}

test('on convergence the levers move, and the history names the run', async () => {
  const before = await current();
  const options = ['--id', 'applied', '--apply', 'on-convergence', '--requested-by', 'ann'];
  const { exitCode, document } = await json('optimize', '--census', census, ...options);
  expect({ exitCode, applied: document.applied }).toEqual({ exitCode: 0, applied: 'applied' });
  expect(await lastMove()).toMatchObject({
    action: 'publish',
    scenario: 'default',
    from: before,
    to: document.lever_set,
    by: 'ann',
    run_id: 'applied',
  });
  expect(await current()).toBe(document.lever_set);
  const back = await json('levers', 'rollback', '--reason', 'too early');
  expect(back).toMatchObject({ exitCode: 0, document: { lever_set: before } });
  expect(await current()).toBe(before);
});

test('after approval by somebody else, from another process; never by who asked', async () => {
  const before = await current();
  const waiting = await startWaiting('planned', '--target', '2.2');
  expect(await current()).toBe(before);

  const own = await json('runs', 'approve', 'planned', '--by', 'Ann');
  expect(own).toMatchObject({ exitCode: 2, document: { error: { code: 'OWN_REQUEST' } } });
  expect(await current()).toBe(before);

  const approved = await json('runs', 'approve', 'planned', '--by', 'ben', '--comment', 'fits the budget');
  expect(approved).toMatchObject({ exitCode: 0, document: { status: 'converged', applied: 'applied' } });
  const { exitCode, stdout } = await waiting.finished;
  const result = JSON.parse(stdout);
  expect({ exitCode, applied: result.applied }).toEqual({ exitCode: 0, applied: 'applied' });
  expect(await lastMove()).toMatchObject({
    by: 'ben',
    run_id: 'planned',
    from: before,
    to: result.lever_set,
  });
  expect((await lastMove()).reason).toContain('fits the budget');
});

test('levers that somebody moved meanwhile are not replaced: approval is refused, with who, when and what', async () => {
  const waiting = await startWaiting('late', '--target', '2.4');
  const set = await json('levers', 'set', 'cola_rate=.01', '--reason', 'cuts', '--by', 'cora');
  expect(set.exitCode).toBe(0);
  const approved = await json('runs', 'approve', 'late', '--by', 'ben');
  expect(approved).toMatchObject({ exitCode: 0, document: { status: 'converged', applied: 'rejected' } });
  const { note } = approved.document as { note: string };
  for (const fact of ['cora', 'cuts', set.document.move.at, set.document.lever_set.slice(0, 12)])
    expect(note).toContain(fact);
  const { exitCode, stdout } = await waiting.finished;
  expect({ exitCode, applied: JSON.parse(stdout).applied }).toEqual({ exitCode: 0, applied: 'rejected' });
  expect(await current()).toBe(set.document.lever_set);
  const own = /levers diff current ([0-9a-f]+)/.exec(note)?.[1];
  expect(await json('levers', 'diff', 'current', String(own))).toMatchObject({ exitCode: 0 });
});
