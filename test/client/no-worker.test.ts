/** A program that only starts runs, in a process of its own, where nobody works on the queue. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { loadConfig } from '../../src/config.js';
import { serverStatus, stopServer } from '../../src/temporal/embedded-server.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-no-worker-'));
});
afterAll(async () => {
  await stopServer(loadConfig({ home }, {}));
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Waits by each of these, hears what is said, and ends without closing the client. */
const PROGRAM = `
  const meritloop = await connectMeritloop();
  const run = await meritloop.startOptimization({ target: 2 }, { id: 'waits' });
  const grid = await meritloop.grids.start({ targets: [2], id: 'waits' });
  const materialization = await meritloop.materialize({ select: '*', id: 'waits' });
  const waits = [run.result(), run.follow(() => {}), run.setMaxIterations(3), grid.result(), materialization.result(), meritloop.summarize()];
  for (const wait of waits) wait.catch(() => {});
  const said = [];
  process.on('warning', ({ code, message, detail }) => {
    said.push({ code, message, detail });
    if (said.length < waits.length) return;
    process.stdout.write(JSON.stringify(said), () => process.exit(0));
  });
`;

test('whatever waits for a worker says that nobody works on the queue, and the server that it started ends with it', async () => {
  const config = loadConfig({ home }, {});
  const client = path.join(config.projectRoot, 'dist', 'client', 'meritloop.js');
  const source = `import { connectMeritloop } from ${JSON.stringify(client)};${PROGRAM}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--no-warnings', '--eval', source],
    { env: { ...process.env, NODE_OPTIONS: '', MERITLOOP_HOME: home } },
  );
  const said = JSON.parse(stdout) as readonly { code: string; message: string; detail: string }[];
  expect(said).toHaveLength(6);
  for (const { code, message, detail } of said) {
    expect(code).toBe('MERITLOOP_NO_WORKER');
    expect(message).toMatch(/^nobody works on the queue meritloop: .+ waits$/);
    expect(detail).toContain('meritloop worker');
  }
  while ((await serverStatus(config)).pid !== undefined) await sleep(200);
});
