/** Schedules as an analyst meets them: on a real server that fires them, with a worker that runs what they start. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { optimizationResult } from '../../../src/runs/optimization.contract.js';
import { startService, type Service } from '../../workflows/service.js';
import { runInProcess, type Captured } from '../capture.js';
import { runMeritloop } from '../run-meritloop.js';

let service: Service;
let census: string;
beforeAll(async () => {
  service = await startService('schedule');
  census = path.join(service.config.home, 'census.csv');
  await answer('census', 'generate', '--employees', '400', '--seed', '3', '--out', census);
});
afterAll(() => service.close());

const run = (...argv: string[]): Promise<Captured> =>
  runInProcess([...argv, '--home', service.config.home], service.config.home);

/** The document of a command that must succeed. */
async function answer(...argv: string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout } = await run(...argv, '--json');
  if (exitCode !== 0) throw new Error(stdout);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const create = (name: string, ...argv: string[]) =>
  answer('schedule', 'create', name, '--census', census, ...argv);
const show = (name: string) => answer('schedule', 'show', name);

/** Asks until the answer is as wished; jest's own limit ends a wait in vain. */
async function until<T>(ask: () => Promise<T>, wished: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const found = await ask();
    if (wished(found)) return found;
    await sleep(200);
  }
}

describe('before a worker lives, what is started stays open', () => {
  test('a schedule is created with its request, policies and next times', async () => {
    const created = await create(
      'monday',
      '--cron',
      '0 6 * * 1',
      '--timezone',
      'Europe/Vienna',
      '--note',
      'weekly',
      '--target',
      '2.5',
      '--requested-by',
      'analyst',
      '--catchup-window',
      '30m',
    );
    expect(created).toMatchObject({
      name: 'monday',
      cron: '0 6 * * 1',
      timezone: 'Europe/Vienna',
      paused: false,
      note: 'weekly',
      overlap: 'skip',
      catchup_seconds: 1800,
      recent: [],
      request: { target: 2.5, census, requested_by: 'analyst' },
    });
    expect((created['next'] as string[]).length).toBeGreaterThan(0);
    expect(await show('monday')).toEqual(created);
  });

  test('skip lets a run pass while one is open', async () => {
    await create('skipping', '--cron', '@yearly');
    const first = await answer('schedule', 'trigger', 'skipping');
    expect(first).toMatchObject({
      outcome: 'started',
      run_id: expect.stringMatching(/^skipping-\d{4}-\d\d-\d\dT[\d-]+Z$/),
    });
    expect(await answer('schedule', 'trigger', 'skipping')).toMatchObject({
      outcome: 'skipped',
      run_id: null,
    });
    expect(await show('skipping')).toMatchObject({ started: 1, skipped: 1, running: [first['run_id']] });
  });

  test('buffer-one starts the next run when the open one has ended', async () => {
    await create('queueing', '--cron', '@yearly', '--overlap', 'buffer-one');
    const first = await answer('schedule', 'trigger', 'queueing');
    expect(await answer('schedule', 'trigger', 'queueing')).toMatchObject({ outcome: 'waiting' });
    await answer('runs', 'cancel', String(first['run_id']));
    service.startWorker();
    const next = await until(
      () => show('queueing'),
      ({ started }) => started === 2,
    );
    expect(next['recent']).toEqual([first['run_id'], expect.stringMatching(/^queueing-/)]);
  });
});

test('a cron of seconds fires by itself; its run is listed, followed to its result and reported', async () => {
  await create('ticking', '--cron', '*/3 * * * * * *', '--target', '2.4', '--requested-by', 'clock');
  const fired = await until(
    () => show('ticking'),
    ({ recent }) => (recent as string[]).length > 0,
  );
  await answer('schedule', 'pause', 'ticking', '--reason', 'one is enough');
  const runId = (fired['recent'] as string[])[0] ?? '';
  expect(runId).toMatch(/^ticking-/);

  const followed = await runMeritloop(['runs', 'watch', runId, '--json', '--home', service.config.home]);
  expect(optimizationResult.parse(JSON.parse(followed.stdout))).toMatchObject({
    status: 'converged',
    run_id: runId,
    target_growth: 2.4,
    requested_by: 'clock',
  });
  expect(followed.exitCode).toBe(0);
  const { runs } = await answer('runs', 'list');
  expect(runs).toContainEqual(expect.objectContaining({ run_id: runId, status: 'converged' }));
  const report = await readFile(path.join(service.config.home, 'runs', runId, 'report.md'), 'utf8');
  expect(report).toContain(`# Run ${runId}`);
});

test('a paused schedule tells why, and goes on when resumed', async () => {
  await create('paused', '--cron', '@hourly');
  const paused = await answer('schedule', 'pause', 'paused', '--reason', 'pay freeze');
  expect(paused).toMatchObject({ paused: true, note: 'pay freeze' });
  expect((await run('schedule', 'show', 'paused')).stdout).toMatch(/^State: +paused\nNote: +pay freeze$/m);
  expect(await answer('schedule', 'resume', 'paused')).toMatchObject({ paused: false });
});

test('the list has every schedule, and a deleted one is unknown', async () => {
  await create('short-lived', '--cron', '@weekly');
  const named = async () => {
    const { schedules } = await answer('schedule', 'list');
    return (schedules as { name: string }[]).map(({ name }) => name);
  };
  await until(named, (names) => names.includes('short-lived') && names.includes('monday'));
  expect((await run('schedule', 'list')).stdout).toMatch(
    /^monday +active +0 6 \* \* 1 +Europe\/Vienna +\d{4}-/m,
  );
  await answer('schedule', 'delete', 'short-lived');
  expect(JSON.parse((await run('schedule', 'show', 'short-lived', '--json')).stdout)).toMatchObject({
    error: { code: 'SCHEDULE_UNKNOWN', hint: 'See `meritloop schedule list`.' },
  });
});

test('with the embedded server it says what must live for a schedule to fire', async () => {
  const { stdout } = await run('schedule', 'show', 'monday');
  expect(stdout).toContain('Schedules fire only while a server (`meritloop server`) and a worker');
});

describe('refused', () => {
  test.each([
    ['show', []],
    ['trigger', []],
    ['pause', ['--reason', 'why not']],
    ['resume', []],
    ['delete', []],
  ])('%s of a schedule that nobody created', async (command, options) => {
    const { exitCode, stderr } = await run('schedule', command, 'nothing', ...options);
    expect(stderr).toContain('SCHEDULE_UNKNOWN no schedule nothing');
    expect(exitCode).toBe(2);
  });

  test('a second schedule of the same name', async () => {
    const { exitCode, stderr } = await run('schedule', 'create', 'monday', '--cron', '@daily');
    expect(stderr).toContain('schedule monday exists already');
    expect(exitCode).toBe(2);
  });

  test('an hour that no day has, which only the server knows', async () => {
    const { exitCode, stderr } = await run('schedule', 'create', 'late', '--cron', '0 25 * * *');
    expect(stderr).toContain('schedule: cron = 0 25 * * *: must be a cron expression');
    expect(exitCode).toBe(2);
  });
});
