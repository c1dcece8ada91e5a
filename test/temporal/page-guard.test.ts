/** Temporal's own page behind its guard: people see their runs on it, and nobody else gets an answer. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPageGuard } from '../../src/temporal/page-guard.js';
import { runMeritloop, startMeritloop, type RunningCommand } from '../cli/run-meritloop.js';
import { launch } from '../web/stack.js';

let home: string;
let server: RunningCommand;
let url: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-page-guard-'));
  server = startMeritloop(['server', '--json', '--home', home]);
  while (!server.stdout().includes('}')) {
    if (server.process.exitCode !== null) throw new Error(server.stderr());
    await sleep(50);
  }
  url = (JSON.parse(server.stdout()) as { ui_address: string }).ui_address;
}, 60_000);
afterAll(async () => {
  server.process.kill('SIGINT');
  await server.finished;
  await rm(home, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: string;
}

const ask = (
  base: string,
  address: string,
  method: string,
  headers: Record<string, string>,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(address, base), { method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asked.once('error', reject);
    asked.end(method === 'GET' ? undefined : '{}');
  });

test('a run is seen on it in a real browser, and nothing that the page asks for is refused', async () => {
  const years = ['--years', '2025-2025', '--target', '4'];
  const ended = await runMeritloop(['optimize', '--id', 'seen', ...years, '--json', '--home', home]);
  expect([ended.exitCode, ended.stderr]).toEqual([0, expect.any(String)]);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const failed: string[] = [];
    page.on(
      'response',
      (answer) => answer.status() >= 400 && failed.push(`${answer.status()} ${answer.url()}`),
    );
    await page.goto(`${url}/namespaces/default/workflows/compensation-optimization%2Fdefault%2Fseen`);
    await page.getByText('compensationOptimizationLoop').first().waitFor({ timeout: 60_000 });
    await page.getByText('Completed').first().waitFor({ timeout: 60_000 });
    expect(failed).toEqual([]);
  } finally {
    await browser.close();
  }
}, 240_000);

const own = () => new URL(url).host;

test.each([
  ['another name', 'GET', () => ({ host: 'evil.example.org' }), 403],
  ['another name, for its files', 'GET', () => ({ host: 'evil.example.org:80' }), 403],
  ['a change from another page', 'POST', () => ({ host: own(), origin: 'http://evil.example.org' }), 403],
  ['a change from nowhere', 'POST', () => ({ host: own() }), 403],
  ['a change from a file', 'POST', () => ({ host: own(), origin: 'null' }), 403],
  ['a look under its own name', 'GET', () => ({ host: own() }), 200],
] as const)('%s: %s', async (_, method, headers, status) => {
  const { status: found } = await ask(url, '/api/v1/namespaces/default', method, headers());
  expect(found).toBe(status);
});

test('without the server behind it says so', async () => {
  const closed = createServer();
  closed.listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  const page = { port: 0, behind: { host: '127.0.0.1', port } };
  const guard = createPageGuard(page);
  guard.listen(0, '127.0.0.1');
  await once(guard, 'listening');
  page.port = (guard.address() as AddressInfo).port;
  expect(await ask(`http://127.0.0.1:${page.port}`, '/', 'GET', {})).toMatchObject({ status: 502 });
  guard.close();
  guard.closeAllConnections();
});
