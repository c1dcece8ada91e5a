/** What users of other orchestrators complain of, and has no test elsewhere: docs/reference/complaints.md. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AssetHost } from '../../src/assets/host.js';
import { loadConfig } from '../../src/config.js';
import { defineAsset } from '../../src/assets/graph/asset.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { dynamicPartitions } from '../../src/assets/graph/partitions.js';
import { countableHost, type CountableHost } from '../assets/countable-host.js';
import { startRig, startTestServer, type Rig, type TestServer } from '../workflows/environment.js';

const ROOT = loadConfig({}, {}).projectRoot;

describe('on a server', () => {
  let server: TestServer;
  let rig: Rig;
  let host: CountableHost;
  const regions = ['north'];

  beforeAll(async () => {
    server = await startTestServer();
    rig = await startRig(server, {}, serve);
  });
  afterAll(async () => {
    await rig.close();
    await server.close();
  });

  /** The asset `regions` finds out which keys there are; `sales` has one partition for each. */
  function serve(catalog: AssetCatalog): AssetHost {
    host = countableHost(
      [
        { key: 'regions' },
        { key: 'sales', deps: ['regions'], partitions: dynamicPartitions('regions') },
        { key: 'held', pool: 'duckdb' },
        { key: 'next', pool: 'duckdb' },
      ].map(defineAsset),
      catalog,
    );
    return {
      ...host,
      async describe(config) {
        const seen = await host.describe(config);
        return { ...seen, world: { ...seen.world, dynamic: { regions: [...regions] } } };
      },
    };
  }

  test('a pool of one is free again as soon as its holder was cancelled', async () => {
    host.onStep = (_, signal) => sleep(60_000, undefined, { signal });
    const first = await rig.client.materialize({ select: 'held', id: 'holder' });
    const steps = () => rig.catalog.history({ run: 'holder', limit: 9 });
    while ((await steps()).length === 0) await sleep(20);
    await first.cancel();
    await expect(first.result()).rejects.toMatchObject({ code: 'CANCELLED' });
    host.onStep = async () => {};
    const second = await rig.client.materialize({ select: 'held or next' });
    expect(await second.result()).toMatchObject({ ran: 2, status: 'succeeded' });
    // Nothing that comes late makes a success of what was cancelled.
    const { status } = await server.environment.client.workflow.getHandle(first.workflowId).describe();
    expect(status.name).toBe('CANCELLED');
  });

  test('a partition that an asset adds while it is made is due at the next run', async () => {
    host.onStep = async (id) => {
      if (id === 'regions') regions.push('south');
    };
    await (await rig.client.materialize({ select: 'regions or sales' })).result();
    expect(host.made).toEqual(expect.arrayContaining(['regions', 'sales[north]']));
    expect(host.made).not.toContain('sales[south]');
    const next = await rig.client.materialize({ select: 'regions or sales' });
    expect(await next.result()).toMatchObject({ ran: 1, reused: 2 });
    expect(host.made).toContain('sales[south]');
  });
});

test('no payload of a recorded history comes near Temporal’s limits', async () => {
  const folder = path.join(ROOT, 'test', 'workflows', 'histories');
  const sizes: number[] = [];
  for (const name of await readdir(folder)) {
    JSON.parse(await readFile(path.join(folder, name), 'utf8'), (key, value: unknown) => {
      if (key === 'data' && typeof value === 'string') sizes.push(value.length);
      return value;
    });
  }
  expect(sizes.length).toBeGreaterThan(100);
  // Temporal warns at 256 KB and refuses 2 MB; references alone stay far below.
  expect(Math.max(...sizes)).toBeLessThan(64_000);
});

test('the bundle of the workflows holds neither zod nor anything of Node.js', async () => {
  const code = await readFile(path.join(ROOT, 'dist', 'workflow-bundle.js'), 'utf8');
  expect(code).toContain('compensationOptimizationLoop');
  expect(code).not.toMatch(/ZodError|zod\/v4|node:fs|node:crypto/);
});

test('workflow code that asks for the clock of Node.js’ Temporal is refused by lint', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-lint-'));
  try {
    await mkdir(path.join(folder, 'src', 'workflows'), { recursive: true });
    await writeFile(path.join(folder, '.oxlintrc.json'), await readFile(path.join(ROOT, '.oxlintrc.json')));
    const file = path.join(folder, 'src', 'workflows', 'clock.ts');
    await writeFile(file, 'export const now = (): unknown => Temporal.Now.instant();\n');
    const said = await new Promise<string>((resolve) => {
      execFile(path.join(ROOT, 'node_modules', '.bin', 'oxlint'), ['src'], { cwd: folder }, (_, stdout) =>
        resolve(stdout),
      );
    });
    expect(said).toContain('no-restricted-globals');
    expect(said).toContain('is not made deterministic');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
