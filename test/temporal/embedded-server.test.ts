import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { loadConfig, type Config } from '../../src/config.js';
import { acquireServer, serverStatus, stopServer } from '../../src/temporal/embedded-server.js';
import { isListening } from '../../src/temporal/free-ports.js';
import { temporalExecutable } from '../../src/temporal/server-process.js';
import { readServerRecord, serverPaths, writeServerRecord } from '../../src/temporal/server-record.js';

let home: string;
let config: Config;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-server-'));
  config = loadConfig({ home }, {});
});

afterEach(async () => {
  await stopServer(config);
  await rm(home, { recursive: true, force: true });
});

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(100);
};

test('the second holder joins the server of the first, and the last one to leave stops it', async () => {
  const [first, second] = await Promise.all([acquireServer(config), acquireServer(config)]);
  expect(second.address).toBe(first.address);
  expect(await serverStatus(config)).toMatchObject({ healthy: true, holders: [process.pid, process.pid] });
  await first.release();
  expect(await isListening(first.address)).toBe(true);
  await second.release();
  expect(await isListening(first.address)).toBe(false);
  expect(await serverStatus(config)).toMatchObject({ healthy: false, pid: undefined, holders: [] });
});

test('a killed server comes back on the same ports with its data while someone holds it', async () => {
  const lease = await acquireServer(config);
  const before = await readServerRecord(config);
  const connection = await Connection.connect({ address: lease.address });
  await connection.workflowService.registerNamespace({
    namespace: 'kept',
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await connection.close();
  process.kill(-(before?.process?.pid ?? 0), 'SIGKILL');
  await until(async () => (await readServerRecord(config))?.process?.pid !== before?.process?.pid);
  await until(async () => (await serverStatus(config)).healthy);
  const after = await Connection.connect({ address: lease.address });
  expect((await after.workflowService.describeNamespace({ namespace: 'kept' })).namespaceInfo?.name).toBe(
    'kept',
  );
  await after.close();
  expect((await readServerRecord(config))?.port).toBe(before?.port);
  await lease.release();
});

test('stopping works while someone holds the server, who does not start it again', async () => {
  const lease = await acquireServer(config);
  expect(await stopServer(config)).toBe(true);
  await sleep(2500);
  expect(await isListening(lease.address)).toBe(false);
  expect(await stopServer(config)).toBe(false);
  await lease.release();
});

test('the lease of a dead process keeps no server alive, and a new holder finds a server left behind', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const lease = await acquireServer(config);
  await writeFile(
    path.join(serverPaths(config).leases, `${gone.pid}-1-dead.json`),
    JSON.stringify({ pid: gone.pid, started: '1' }),
  );
  await writeFile(path.join(serverPaths(config).leases, 'empty.json'), '');
  await writeFile(path.join(serverPaths(config).leases, 'cut-short.json'), '{"pid": 1');
  await writeFile(path.join(serverPaths(config).leases, 'never-renamed.json.draft'), '');
  expect((await serverStatus(config)).holders).toEqual([process.pid]);
  // Whoever only looks has no lock, and may look at a lease that is just being taken.
  expect(await readdir(serverPaths(config).leases)).toHaveLength(5);
  await lease.release();
  expect(await isListening(lease.address)).toBe(false);
  expect(await readdir(serverPaths(config).leases)).toEqual([]);
});

test('a remembered port that another program took is given up', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const taken = (other.address() as { port: number }).port;
  await writeServerRecord(config, { port: taken, ui_port: 1, process: null, stopped: true });
  const lease = await acquireServer(config);
  expect(lease.address).not.toBe(`127.0.0.1:${taken}`);
  expect(await isListening(lease.address)).toBe(true);
  await lease.release();
  other.close();
});

test('a missing program is named', async () => {
  const elsewhere = { ...config, projectRoot: home };
  await expect(acquireServer(elsewhere)).rejects.toMatchObject({
    code: 'TEMPORAL_MISSING',
    fields: { path: path.join(home, '.venv', 'bin', 'temporal') },
  });
  expect(await readdir(serverPaths(config).leases)).toEqual([]);
});

/** A program in the server's place that listens, counts its starts and answers nothing. */
const hungServer = (starts: string): string => `#!${process.execPath}
const port = process.argv.find((flag) => flag.startsWith('--port=')).slice('--port='.length);
require('node:fs').appendFileSync(${JSON.stringify(starts)}, process.pid + '\\n');
require('node:net').createServer().listen(Number(port), '127.0.0.1');
`;

test('a server that starts but never answers is ended, started once, and forgotten', async () => {
  const elsewhere = { ...config, projectRoot: home };
  const starts = path.join(home, 'starts');
  await mkdir(path.join(home, '.venv', 'bin'), { recursive: true });
  await writeFile(path.join(home, '.venv', 'bin', 'temporal'), hungServer(starts), { mode: 0o755 });
  await expect(acquireServer(elsewhere, undefined, 3000)).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    hint: expect.stringContaining('meritloop server stop'),
  });
  const pids = (await readFile(starts, 'utf8')).trim().split('\n').map(Number);
  expect(pids).toHaveLength(1);
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
  expect(await readServerRecord(config)).toMatchObject({ process: null, stopped: false });
  expect(await readdir(serverPaths(config).leases)).toEqual([]);
});

function isGone(pid: number): boolean {
  try {
    return !process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

test('whoever joins a server that hangs learns how to end it, and it stays recorded for that', async () => {
  const lease = await acquireServer(config);
  const pid = (await readServerRecord(config))?.process?.pid ?? 0;
  process.kill(-pid, 'SIGSTOP');
  await expect(acquireServer(config, undefined, 1000)).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    fields: { hung: true },
    hint: expect.stringContaining('meritloop server stop'),
  });
  expect((await serverStatus(config)).pid).toBe(pid);
  expect(await stopServer(config)).toBe(true);
  // Ended, it is there until this process, its parent, has taken note.
  await until(() => Promise.resolve(isGone(pid)));
  await lease.release();
});

test('a start that fails is tried again while somebody holds the server', async () => {
  const lease = await acquireServer(config);
  const record = await readServerRecord(config);
  if (record === undefined) throw new Error('no record');
  process.kill(-(record.process?.pid ?? 0), 'SIGKILL');
  await writeServerRecord(config, { ...record, process: null });
  await until(async () => (await serverStatus(config)).healthy);
  expect((await serverStatus(config)).address).toBe(lease.address);
  await lease.release();
});

test('a server that ends at once shows what it said', async () => {
  const projectRoot = path.join(home, 'project');
  const program = path.join(projectRoot, '.venv', 'bin', 'temporal');
  await mkdir(path.dirname(program), { recursive: true });
  await writeFile(program, '#!/bin/sh\necho no luck today\nexit 1\n', { mode: 0o755 });
  await expect(acquireServer({ ...config, projectRoot })).rejects.toMatchObject({
    code: 'SERVER_START_FAILED',
    fields: { detail: expect.stringContaining('no luck today') as unknown },
  });
});

/** A program in the server's place that fails with these words so many times and is the real one from then on. */
async function failingAtFirst(words: string, times: number): Promise<Config> {
  const projectRoot = path.join(home, 'project');
  const program = path.join(projectRoot, '.venv', 'bin', 'temporal');
  await mkdir(path.dirname(program), { recursive: true });
  await symlink(path.join(config.projectRoot, 'dist'), path.join(projectRoot, 'dist'));
  const said = path.join(home, 'said');
  await writeFile(said, words);
  const starts = path.join(home, 'starts');
  await writeFile(
    program,
    `#!/bin/sh\necho start >> '${starts}'\n[ "$(wc -l < '${starts}')" -gt ${times} ] && exec '${temporalExecutable(config)}' "$@"\ncat '${said}'\nexit 2\n`,
    { mode: 0o755 },
  );
  return { ...config, projectRoot };
}

const CRASH = `panic: listen tcp 127.0.0.1:7233: bind: address already in use

goroutine 1 [running]:
${'go.temporal.io/server/temporal.(*ServerImpl).Start(0xc000)\n\t/go/pkg/mod/server.go:1 +0x1\n'.repeat(40)}`;
const LOCKED =
  'Error: failed starting server: unable to create SQLite admin DB: database is locked (5) (SQLITE_BUSY)\n';

test.each([
  ['one of its ports', CRASH],
  ['its database', LOCKED],
])('a start that meets %s still held by a dying server is tried again', async (_, words) => {
  const lease = await acquireServer(await failingAtFirst(words, 2));
  expect(await readFile(path.join(home, 'starts'), 'utf8')).toBe('start\n'.repeat(3));
  expect((await serverStatus(config)).healthy).toBe(true);
  await lease.release();
});

test.each([
  [CRASH, 'listen tcp 127.0.0.1:7233: bind: address already in use'],
  [LOCKED, 'failed starting server: unable to create SQLite admin DB: database is locked (5) (SQLITE_BUSY)'],
])(
  'a start that always fails says the first line of the cause, not the last frames: %#',
  async (words, detail) => {
    await expect(acquireServer(await failingAtFirst(words, 99))).rejects.toMatchObject({
      code: 'SERVER_START_FAILED',
      fields: { detail },
    });
  },
);

test('whoever joins a server that dies meanwhile starts it again', async () => {
  const lease = await acquireServer(config);
  const pid = (await readServerRecord(config))?.process?.pid ?? 0;
  // Stopped, it lives and does not answer: that is where a killed one stands for a moment.
  process.kill(-pid, 'SIGSTOP');
  const joining = acquireServer(config);
  await sleep(500);
  process.kill(-pid, 'SIGKILL');
  const second = await joining;
  expect((await serverStatus(config)).healthy).toBe(true);
  expect((await serverStatus(config)).pid).not.toBe(pid);
  await second.release();
  await lease.release();
});

test('a database that a dying server still holds is waited for', async () => {
  await (await acquireServer(config)).release();
  const { default: Database } = await import('libsql');
  const held = new Database(serverPaths(config).database);
  held.exec('begin exclusive');
  const starting = acquireServer(config);
  await sleep(1000);
  held.exec('commit');
  held.close();
  const lease = await starting;
  expect((await serverStatus(config)).healthy).toBe(true);
  await lease.release();
});

test('with an outside server nothing is started', async () => {
  const outside = { ...config, temporalAddress: '127.0.0.1:1' };
  const lease = await acquireServer(outside);
  expect(lease).toMatchObject({ address: '127.0.0.1:1', embedded: false });
  expect(await serverStatus(outside)).toMatchObject({ embedded: false, healthy: false });
  await lease.release();
  await expect(readdir(home)).resolves.toEqual([]);
});
