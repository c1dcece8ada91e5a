/** `assets automate` with a real worker: changed files are noticed, what depends on them is made, and nothing is left running. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCensus } from '../../../src/census/generate.js';
import { loadConfig } from '../../../src/config.js';
import { serverStatus } from '../../../src/temporal/embedded-server.js';
import { runInProcess } from '../capture.js';
import { startMeritloop, type RunningCommand } from '../run-meritloop.js';

let folder: string;
let home: string;
let census: string;
let levers: string;
let worker: RunningCommand;

const ask = async (...argv: string[]) => {
  const { exitCode, stdout } = await runInProcess([...argv, '--json', '--home', home], folder);
  return { exitCode, document: JSON.parse(stdout) as Record<string, unknown> };
};
const automate = (...argv: string[]) => ask('assets', 'automate', ...argv);

interface Event {
  readonly kind: string;
  readonly asset: string;
  readonly partition: string | null;
  readonly run: string;
  readonly reasons?: readonly string[];
}

/** What was made after an event: by step, the reasons. Waits for the year that is made last. */
async function madeSince(
  sequence: number,
): Promise<{ readonly made: Map<string, string>; readonly last: number }> {
  for (;;) {
    const { document } = await ask('assets', 'history', '--limit', '5000');
    const events = (document['events'] as (Event & { sequence: number })[]).filter(
      (one) => one.sequence > sequence,
    );
    const of = (kind: string) => events.filter((one) => one.kind === kind);
    const steps = (kind: string) =>
      new Map(
        of(kind).map(({ asset, partition, reasons }) => [
          partition === null ? asset : `${asset}[${partition}]`,
          reasons?.join('; ') ?? '',
        ]),
      );
    const [made, planned] = [steps('materialization'), steps('planned')];
    if (made.has('fct_compensation_growth[2029]') && made.size >= planned.size)
      return { made: planned, last: Math.max(...events.map((one) => one.sequence)) };
    await sleep(200);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-automate-'));
  [home, census, levers] = [
    path.join(folder, 'home'),
    path.join(folder, 'census.csv'),
    path.join(folder, 'levers.csv'),
  ];
  await generateCensus({ employees: 200, seed: 1, out: census, baselineDate: '2024-12-31' });
  await writeFile(
    levers,
    await readFile(path.join(loadConfig({}, {}).projectRoot, 'seeds', 'comp_levers.csv')),
  );
  worker = startMeritloop(['worker', '--json', '--home', home]);
  while (worker.stdout() === '' && worker.process.exitCode === null) await sleep(50);
});
afterAll(async () => {
  worker.process.kill('SIGINT');
  await worker.finished;
  await rm(folder, { recursive: true, force: true });
});

test('a worker that starts declares the schedules, paused; nothing is started unasked', async () => {
  expect(JSON.parse(worker.stdout())).toMatchObject({
    schedules: { created: ['compensation_optimization_loop'] },
  });
  expect((await automate('status')).document).toMatchObject({
    on: false,
    started: [],
    schedules: [{ asset: 'compensation_optimization_loop', cron: '0 5 1 * *', paused: true, next: null }],
  });
  expect(await automate('look')).toMatchObject({
    exitCode: 2,
    document: { error: { code: 'AUTOMATION_OFF' } },
  });
});

test('changed files are noticed, and what depends on them is made, with the reasons; then it is turned off', async () => {
  const files = ['--census', census, '--levers', levers];
  const dry = (await automate('evaluate', ...files)).document;
  expect(dry['decisions']).toContainEqual({
    asset: 'fct_yearly_events',
    condition: 'eager',
    action: 'start',
    partitions: ['2025', '2026', '2027', '2028', '2029'],
    reasons: expect.arrayContaining(['fct_yearly_events[2025]: never made']),
  });
  expect((await automate('on', '--interval', '1h', ...files)).document).toMatchObject({
    on: true,
    interval_seconds: 3600,
    schedules: [{ paused: false, next: expect.any(String) }],
  });
  const first = await madeSince(0);
  expect(new Set(first.made.values())).toEqual(new Set(['never made']));

  const text = await readFile(levers, 'utf8');
  await writeFile(
    levers,
    text.replaceAll(/^(default,2027,.*,merit_base,)([^,]+)/gm, (_, head: string) => `${head}0.0412`),
  );
  await automate('look');
  const second = await madeSince(first.last);
  expect(second.made.get('stg_levers')).toBe('input levers changed (partition 2027)');
  expect(second.made.get('int_pay_year[2027]')).toBe('input int_raise_rates changed (partition 2027)');
  expect([...second.made.keys()].filter((id) => /2025|2026|stg_census|int_workforce_year/.test(id))).toEqual(
    [],
  );

  const people = (await readFile(census, 'utf8')).trimEnd().split('\n');
  await writeFile(census, `${people.slice(0, -1).join('\n')}\n`);
  await automate('look');
  const third = await madeSince(second.last);
  expect(third.made.get('stg_census')).toBe('input census changed');
  expect(third.made.has('stg_levers')).toBe(false);

  const { document } = await automate('status');
  expect(document).toMatchObject({ last_look: { error: null, changed: ['census'] } });
  const started = document['started'] as { run: string; reasons: string }[];
  expect(started).toHaveLength(3);
  expect(started[1]?.reasons).toContain('stg_levers: input levers changed (partition 2027)');
  // Many simulations: only the clock or somebody starts it.
  const loop = await ask('assets', 'history', '--select', 'compensation_optimization_loop');
  expect((loop.document['events'] as Event[]).filter(({ kind }) => kind !== 'check')).toEqual([]);

  expect((await automate('off')).document).toMatchObject({ on: false, schedules: [{ paused: true }] });
  worker.process.kill('SIGINT');
  await worker.finished;
  expect(await serverStatus(loadConfig({ home }, {}))).toMatchObject({ pid: undefined, holders: [] });
});

test.each([
  [['on', '--interval', '0s'], '--interval'],
  [['on', '--config', '{"targt": 3}'], 'targt'],
  [['evaluate', '--config', '[]'], '--config'],
])('%j is refused', async (argv, named) => {
  const { exitCode, document } = await automate(...argv);
  expect(exitCode).toBe(2);
  expect(JSON.stringify(document['error'])).toContain(named);
});
