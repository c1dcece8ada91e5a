/** Made-up requests to the running API: never a 5xx, and every answer is one that the OpenAPI document describes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { connectMeritloop, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/shared/log.js';
import { systemAccess } from '../../src/server/access.js';
import type { Listening } from '../../src/server/listen.js';
import { startServer } from '../../src/server/start.js';

/** What streams without an end, starts work that outlasts the test or takes long by itself, or says 503 because no worker lives here. */
const LEFT_OUT =
  '/events$|/api/simulations$|/api/simulation-plans$|/api/runs$|/api/grids$|/api/impact$|/trigger$|/api/schedules$|/api/ready$';

let config: Config;
let client: MeritloopClient;
let server: Listening;

beforeAll(async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-fuzz-'));
  config = loadConfig({ home, logLevel: 'silent' }, {});
  const logger = createLogger(config);
  client = await connectMeritloop({ config, logger });
  const access = systemAccess('ann');
  server = await startServer({ config, logger, client, access, version: '0', host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await client.close();
  await rm(config.home, { recursive: true, force: true });
});

test('schemathesis finds no fault', async () => {
  const program = path.join(config.projectRoot, '.cache', 'test-tools', 'bin', 'schemathesis');
  const checks = [
    'not_a_server_error',
    'status_code_conformance',
    'content_type_conformance',
    'response_schema_conformance',
  ];
  const { exitCode, stdout } = await execa(
    program,
    [
      'run',
      `${server.url}/openapi.json`,
      '--url',
      server.url,
      '--phases',
      'fuzzing',
      '--max-examples',
      '4',
      '--seed',
      '1',
      '--checks',
      checks.join(','),
      '--exclude-path-regex',
      LEFT_OUT,
      '--generation-database',
      'none',
    ],
    // It keeps notes where it runs.
    { cwd: config.home, reject: false },
  );
  // All that it says, where it found something.
  expect({ exitCode, said: exitCode === 0 ? '' : stdout }).toEqual({ exitCode: 0, said: '' });
  const generated = Number(/(\d+) generated/.exec(stdout)?.[1]);
  expect(generated).toBeGreaterThan(100);
});
