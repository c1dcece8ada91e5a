/** The script of the service `temporal-namespace`, on a real server with the Temporal command line of the same version. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { acquireServer, type ServerLease } from '../../src/temporal/embedded-server.js';
import { ROOT, serviceOf } from './files.js';

const run = promisify(execFile);

let home: string;
let server: ServerLease;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-namespace-'));
  server = await acquireServer(loadConfig({ home }, {}));
});
afterAll(async () => {
  await server.release();
  await rm(home, { recursive: true, force: true });
});

test('it makes the namespace, and leaves it as it is the second time', async () => {
  const { entrypoint, command } = serviceOf('temporal-namespace');
  const [shell = '', ...flags] = entrypoint;
  // Compose reads $$ as one $.
  const script = (command ?? []).map((text) => text.replaceAll('$$', '$'));
  const env = {
    PATH: `${path.join(ROOT, '.venv', 'bin')}:${process.env['PATH']}`,
    HOME: home,
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: 'payroll',
  };
  const first = await run(shell, [...flags, ...script], { env });
  expect(first.stdout).toContain('SERVING');
  const described = await run('temporal', ['operator', 'namespace', 'describe', '--output', 'json'], { env });
  expect(JSON.parse(described.stdout)).toMatchObject({
    namespaceInfo: { name: 'payroll' },
    config: { workflowExecutionRetentionTtl: `${90 * 86_400}s` },
  });
  const second = await run(shell, [...flags, ...script], { env });
  expect(second.stdout).toContain('payroll');
  expect(second.stderr).toBe('');
});
