/** Everything that `meritloop ui` listens on, found in the system's own table, and what each takes from a foreign page. */
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config.js';
import { readServerRecord } from '../../src/temporal/server-record.js';
import { runMeritloop, startMeritloop, type RunningCommand } from '../cli/run-meritloop.js';

interface Listener {
  readonly address: string;
  readonly port: number;
}

const LISTENING = '0A';
const FOREIGN = 'evil.example.org';
/** A start as a foreign page can send it: a simple request, which no browser asks leave for. */
const START = JSON.stringify({
  workflowType: { name: 'compensationOptimizationLoop' },
  taskQueue: { name: 'meritloop' },
  input: [{ target: 3, apply: 'on-convergence' }],
});
const WAYS_IN = [
  '/',
  '/metrics',
  '/api/v1/namespaces',
  '/api/v1/namespaces/default/workflows/x',
  '/namespaces/default/workflows/x',
  '/api/v1/namespaces/default/schedules/x',
  '/api/runs',
];

let home: string;
let ui: RunningCommand;
let own: number;
let temporal: { readonly pid: number; readonly port: number; readonly page: number };
let listeners: readonly Listener[];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-listeners-'));
  ui = startMeritloop(['ui', '--port', '0', '--no-open', '--json', '--home', home]);
  while (!ui.stdout().includes('}')) {
    if (ui.process.exitCode !== null) throw new Error(ui.stderr());
    await sleep(50);
  }
  own = (JSON.parse(ui.stdout()) as { port: number }).port;
  const record = await readServerRecord(loadConfig({ home }, {}));
  if (record?.process == null) throw new Error('no server');
  temporal = { pid: record.process.pid, port: record.port, page: record.ui_port };
  listeners = await listenersOf([...(await treeOf(ui.process.pid ?? 0)), ...(await treeOf(temporal.pid))]);
});
afterAll(async () => {
  ui.process.kill('SIGINT');
  await ui.finished;
  await rm(home, { recursive: true, force: true });
});

/** The process and all that it started. */
async function treeOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [, parent] = /\) \S (\d+)/.exec(stat) ?? [];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].filter((pid) => isBelow(pid));
}

async function listenersOf(pids: readonly number[]): Promise<Listener[]> {
  const inodes = new Set<string>();
  for (const pid of pids)
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      const [, inode] =
        /^socket:\[(\d+)\]$/.exec(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')) ?? [];
      if (inode !== undefined) inodes.add(inode);
    }
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells[3] === LISTENING && inodes.has(cells[9] ?? ''))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':');
        // The bytes of the address stand in reverse.
        const bytes = address.match(/../g)?.reverse() ?? [];
        const dotted = bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
        return { address: dotted, port: Number.parseInt(port, 16) };
      }),
  );
}

/** Status of the answer; null where the listener speaks no HTTP that a browser can. */
const ask = (
  { address, port }: Listener,
  method: string,
  way: string,
  headers: Record<string, string>,
  body = '',
) =>
  new Promise<number | null>((resolve) => {
    const asked = request({ host: address, port, method, path: way, headers, timeout: 5000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(null));
    asked.end(body);
  });

test('everything listens on the loopback interface alone', () => {
  expect(listeners.map(({ port }) => port)).toEqual(
    expect.arrayContaining([own, temporal.port, temporal.page]),
  );
  for (const { address } of listeners) expect(address).toMatch(/^127\./);
});

test('no listener takes a change that a foreign page can ask for, under any name', async () => {
  const taken: string[] = [];
  for (const listener of listeners)
    for (const way of WAYS_IN)
      for (const host of [
        FOREIGN,
        `${listener.address}:${listener.port}`,
        `127.0.0.1:${listener.port}`,
        `localhost:${listener.port}`,
      ]) {
        const headers = { host, origin: `http://${FOREIGN}`, 'content-type': 'text/plain' };
        const status = await ask(listener, 'POST', way, headers, START);
        // The counters answer whatever is asked of them with the counters.
        const isCounters = way === '/metrics' && (await ask(listener, 'GET', '/', { host })) === 404;
        if (status !== null && status < 400 && !isCounters)
          taken.push(`${listener.port} ${way} ${host}: ${status}`);
      }
  expect(taken).toEqual([]);
  const runs = await runMeritloop(['runs', 'list', '--json', '--home', home]);
  expect(JSON.parse(runs.stdout)).toMatchObject({ runs: [] });
});

/** Temporal's page itself: behind the guard, on an address that no page in a browser can guess. */
const isHidden = ({ address }: Listener): boolean => address !== '127.0.0.1';

test('one listener alone stands where nobody is told', () => {
  expect(listeners.filter(isHidden)).toHaveLength(1);
  expect(ui.stdout()).not.toContain(listeners.find(isHidden)?.address);
});

/** Node's `fetch` asks what a browser would ask, and refuses the ports that browsers refuse. */
const isAskedByBrowsers = async ({ address, port }: Listener): Promise<boolean> => {
  try {
    await (await fetch(`http://${address}:${port}/metrics`, { signal: AbortSignal.timeout(5000) })).text();
    return true;
  } catch (error) {
    return !String((error as Error).cause).includes('bad port');
  }
};

test('under a foreign name nothing is told but the counters, where no browser asks', async () => {
  const told: [way: string, isAsked: boolean][] = [];
  for (const listener of listeners.filter((one) => !isHidden(one)))
    for (const way of WAYS_IN) {
      const status = await ask(listener, 'GET', way, { host: FOREIGN });
      if (status !== null && status < 400) told.push([way, await isAskedByBrowsers(listener)]);
    }
  expect(told).toEqual([['/metrics', false]]);
});
