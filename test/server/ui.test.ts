/** `meritloop ui` as people start it: a process with server and worker, followed by events, until Ctrl-C. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMeritloop, startMeritloop, type RunningCommand } from '../cli/run-meritloop.js';

interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

let home: string;
let ui: RunningCommand;
let url: string;

const document = async (running: RunningCommand): Promise<{ url: string; port: number }> => {
  while (!running.stdout().includes('}')) {
    if (running.process.exitCode !== null) throw new Error(running.stderr());
    await sleep(50);
  }
  return JSON.parse(running.stdout()) as { url: string; port: number };
};

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-ui-'));
  ui = startMeritloop(['ui', '--port', '0', '--no-open', '--json', '--home', home, '--user', 'ann']);
  ({ url } = await document(ui));
});

afterAll(async () => {
  ui.process.kill('SIGINT');
  await ui.finished;
  await rm(home, { recursive: true, force: true });
});

const post = (address: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}${address}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Reads events until `isEnough`, then drops the connection. */
async function follow(
  address: string,
  isEnough: (seen: readonly StreamEvent[]) => boolean,
  lastId?: string,
): Promise<StreamEvent[]> {
  const dropping = new AbortController();
  const response = await fetch(`${url}${address}`, {
    signal: dropping.signal,
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
  });
  expect(response.headers.get('content-type')).toMatch('text/event-stream');
  const events: StreamEvent[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') === '') continue;
      events.push({
        id: field('id'),
        event: field('event'),
        data: JSON.parse(field('data')) as Record<string, unknown>,
      });
    }
    if (isEnough(events)) break;
  }
  dropping.abort();
  return events;
}

const hasEnded = (seen: readonly StreamEvent[]): boolean => seen.at(-1)?.event === 'end';
const assembled = (events: readonly StreamEvent[]): unknown =>
  Object.assign({}, ...events.map(({ data }) => data));

test('a run is started once however often it is asked for, and followed through a dropped connection', async () => {
  const start = (target: number) =>
    post('/api/runs', { target, years: '2025-2026' }, { 'idempotency-key': 'once' });
  const [first, second] = [await start(2.5), await start(2.5)];
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(await first.json()).toMatchObject({ run_id: 'once', joined: false });
  expect(await second.json()).toMatchObject({ run_id: 'once', joined: true });
  const other = await start(2);
  expect([other.status, await other.json()]).toEqual([
    422,
    expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED', fields: { key: 'once', fields: ['target'] } }),
  ]);

  const address = '/api/runs/once/events';
  const before = await follow(address, (seen) => seen.length >= 2 || hasEnded(seen));
  const after = await follow(address, hasEnded, before.at(-1)?.id);
  expect(before[0]?.event).toBe('snapshot');
  // Resumed: no second snapshot, and nothing twice.
  expect(after.some(({ event }) => event === 'snapshot')).toBe(false);
  const ids = [...before, ...after].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const shown = (await (await fetch(`${url}/api/runs/once`)).json()) as Record<string, unknown>;
  expect(assembled([...before, ...after])).toEqual(shown);
  expect(shown).toMatchObject({ run: { status: 'converged', requested_by: 'ann' }, error: null });

  // Also after its end, whichever way it is asked for.
  expect(await (await start(2)).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  const asked = ['optimize', '--id', 'once', '--years', '2025-2026', '--home', home, '--json'];
  const refused = await runMeritloop([...asked, '--target', '2']);
  expect([refused.exitCode, JSON.parse(refused.stdout)]).toMatchObject([
    2,
    { error: { code: 'REQUEST_DIFFERS', fields: { fields: ['target'] } } },
  ]);
  expect((await runMeritloop([...asked, '--target', '2.5'])).exitCode).toBe(0);

  // A reader with an id that nobody knows begins anew.
  const anew = await follow(address, hasEnded, 'elsewhere-7');
  expect(anew.map(({ event }) => event)).toEqual(['end']);
});

test('the levers of a run become current when somebody applies them, and a second report is the same', async () => {
  const levers = (await (await fetch(`${url}/api/levers`)).json()) as { lever_set: string };
  const applied = await post('/api/runs/once/apply', { expected: levers.lever_set, reason: 'board' });
  expect(await applied.json()).toMatchObject({
    moved: true,
    previous: levers.lever_set,
    move: { by: 'ann', run_id: 'once', reason: 'board' },
  });
  const again = await post('/api/runs/once/apply', { expected: '0'.repeat(64), reason: 'board' });
  expect(await again.json()).toMatchObject({ moved: false });
  const report = await (await fetch(`${url}/api/runs/once/report`)).json();
  expect(report).toMatchObject({ run_id: 'once', status: 'converged' });
  expect((await post('/api/runs/once/pause', {})).status).toBe(409);
});

test('a simulation of a draft is a job that two people may watch; the same request joins it', async () => {
  const changes = [{ fiscal_year: 2025, job_level: 1, parameter_name: 'merit_base', value: 0.05 }];
  const start = () => post('/api/simulations', { years: '2025-2026', seed: 5, changes });
  const started = (await (await start()).json()) as { job_id: string };
  const joined = (await (await start()).json()) as { job_id: string };
  expect(joined.job_id).toBe(started.job_id);
  const address = `/api/simulation-jobs/${started.job_id}/events`;
  const [one, two] = await Promise.all([follow(address, hasEnded), follow(address, hasEnded)]);
  const job = assembled(one) as { status: string; simulation_id: string };
  expect(assembled(two)).toEqual(job);
  expect(job).toMatchObject({ status: 'completed', requested_by: 'ann', error: null });
  const { provenance } = (await (await fetch(`${url}/api/simulations/${job.simulation_id}`)).json()) as {
    provenance: { seed: number };
  };
  expect(provenance.seed).toBe(5);
  expect((await post(`/api/simulation-jobs/${started.job_id}/cancel`, {})).status).toBe(409);
});

test('it is ready, serves the page, and tells who asks', async () => {
  expect(await (await fetch(`${url}/api/ready`)).json()).toMatchObject({ ready: true });
  expect(await (await fetch(`${url}/api/session`)).json()).toMatchObject({ user: 'ann', role: 'approver' });
  expect(await (await fetch(`${url}/runs`)).text()).toMatch(/<html/);
});

test('a port in use is named before anything is started', async () => {
  const { port } = new URL(url);
  const elsewhere = path.join(home, 'elsewhere');
  const { exitCode, stdout } = await runMeritloop(['ui', '--port', port, '--json', '--home', elsewhere]);
  expect(exitCode).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'PORT_IN_USE', fields: { port: Number(port) } },
  });
});

test('off loopback it wants tokens', async () => {
  const argv = ['ui', '--host', '0.0.0.0', '--port', '0', '--json', '--home', home];
  const { exitCode, stdout } = await runMeritloop(argv);
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'TOKENS_REQUIRED' } }]);
  const tokens = path.join(home, 'tokens.json');
  await writeFile(tokens, '[{"user":"a","role":"viewer","token":"short"}]');
  const refused = await runMeritloop([...argv, '--tokens', tokens]);
  expect([refused.exitCode, JSON.parse(refused.stdout)]).toMatchObject([
    2,
    { error: { code: 'TOKENS_INVALID' } },
  ]);
});

test('Ctrl-C ends it while somebody follows, and the server of the home with it', async () => {
  const folder = path.join(home, 'short');
  const short = startMeritloop(['ui', '--port', '0', '--no-open', '--json', '--home', folder]);
  const { url: address } = await document(short);
  expect((await fetch(`${address}/api/health`)).status).toBe(200);
  const job = (await (
    await fetch(`${address}/api/simulations`, {
      method: 'POST',
      body: '{"seed":9}',
      headers: { 'content-type': 'application/json' },
    })
  ).json()) as { job_id: string };
  const stream = await fetch(`${address}/api/simulation-jobs/${job.job_id}/events`);
  short.process.kill('SIGINT');
  expect((await short.finished).exitCode).toBe(0);
  await stream.body?.cancel();
  const record = JSON.parse(await readFile(path.join(folder, 'server', 'server.json'), 'utf8')) as {
    process: unknown;
  };
  expect(record.process).toBeNull();
});
