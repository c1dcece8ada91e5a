/** A dev server, a worker on a fresh home, and a client: what every workflow test needs. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { isBuilt } from '../../scripts/build/sources.js';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import type { AssetHost } from '../../src/assets/host.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { createRunStore } from '../../src/runs/run-store.js';
import { createCatalog, type Catalog } from '../../src/assets/catalog/catalog.js';
import { createClient, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/shared/log.js';
import { SERVER_SETTINGS } from '../../src/temporal/server-settings.js';
import { createWorker } from '../../src/worker.js';
import { failure } from '../../src/shared/errors/errors.js';
import { leverSetsOn } from '../../src/levers/open.js';
import { linearSimulator, type LinearSimulator } from '../runs/linear-simulator.js';

export interface TestServer {
  readonly environment: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundleOption;
  close(): Promise<void>;
}

export interface Rig {
  readonly home: string;
  readonly config: Config;
  readonly client: MeritloopClient;
  readonly simulator: LinearSimulator;
  readonly catalog: Catalog;
  close(): Promise<void>;
}

/** The linear company. */
const CENSUS = '0'.repeat(64);

const PROJECT = loadConfig({}, {}).projectRoot;

/** The bundle of the build where that is up to date, as `npm test` makes it first; otherwise one of the sources, which takes seconds. */
export const bundleWorkflows = async (): Promise<{ code: string }> =>
  isBuilt(PROJECT)
    ? { code: await readFile(path.join(PROJECT, 'dist', 'workflow-bundle.js'), 'utf8') }
    : bundleWorkflowCode({
        workflowsPath: path.join(PROJECT, 'src', 'workflows', 'index.ts'),
        logger: new DefaultLogger('ERROR'),
      });

export async function startTestServer(): Promise<TestServer> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [environment, bundle] = await Promise.all([
    TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path: path.join(PROJECT, '.venv', 'bin', 'temporal') },
        extraArgs: [...SERVER_SETTINGS],
      },
    }),
    bundleWorkflows(),
  ]);
  return { environment, bundle, close: () => environment.teardown() };
}

/** For a whole test file: one server, and for each test a rig of its own. */
export function useRig() {
  const shared: { server?: TestServer; rig?: Rig } = {};
  beforeAll(async () => {
    shared.server = await startTestServer();
  });
  beforeEach(async () => {
    if (shared.server !== undefined) shared.rig = await startRig(shared.server);
  });
  afterEach(() => shared.rig?.close());
  afterAll(() => shared.server?.close());
  return {
    get server(): TestServer {
      return present(shared.server);
    },
    get rig(): Rig {
      return present(shared.rig);
    },
    /** A file of the rig's home. */
    readJson: async (...parts: string[]): Promise<unknown> =>
      JSON.parse(await readFile(path.join(present(shared.rig).home, ...parts), 'utf8')),
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('used outside of a test');
  return value;
}

/** One worker with a home and a task queue of its own. */
/** @param assets the asset graph to serve, on the rig's catalog; default: the product's */
export async function startRig(
  { environment, bundle }: TestServer,
  settings: Partial<Config> = {},
  assets?: (catalog: AssetCatalog) => AssetHost,
): Promise<Rig> {
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-run-'));
  const config: Config = {
    ...loadConfig({ home, logLevel: 'silent' }, {}),
    taskQueue: path.basename(home),
    ...settings,
  };
  // Its people are never read, but a grid names the file that they came from.
  await mkdir(path.join(home, 'inputs', CENSUS), { recursive: true });
  await writeFile(path.join(home, 'inputs', CENSUS, 'source.csv'), '');
  const levers = leverSetsOn(config);
  const simulator = linearSimulator((fingerprint) => levers.load(fingerprint));
  const logger = createLogger(config);
  const catalog = createCatalog(config, logger);
  const worker = await createWorker({
    config,
    bundle,
    simulator,
    levers,
    connection: environment.nativeConnection,
    runs: createRunStore(home),
    importCensus: async () => ({ sha256: CENSUS, notices: [] }),
    settings: async () => ({ start_year: 2025, end_year: 2029, random_seed: 42 }),
    catalog,
    ...(assets === undefined ? {} : { assets: assets(catalog) }),
    logger,
  });
  const stopped = worker.run();
  const client = createClient(
    environment.client,
    config,
    { address: environment.address, uiAddress: undefined },
    async () => {},
  );
  return {
    home,
    config,
    client,
    simulator,
    catalog,
    async close() {
      worker.shutdown();
      await stopped;
      await catalog.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Somebody else makes another set of levers current. Returns its fingerprint. */
export async function moveLevers({ config }: Rig): Promise<string> {
  const levers = leverSetsOn(config);
  const expected = await levers.current('default');
  const rows = await levers.load(expected);
  const fingerprint = await levers.save(
    rows.map((row) => (row.job_level === 1 ? { ...row, created_by: 'cleo' } : row)),
  );
  await levers.publish({
    scenario: 'default',
    fingerprint,
    expected,
    warrant: byHand(atHome('cleo')),
    reason: 'new budget',
  });
  return fingerprint;
}

/** Holds every simulation from the given one on until it is let go. */
export function holdSimulations(
  { simulator }: Rig,
  first: number,
): { readonly reached: Promise<void>; release(): void } {
  const gate = { reached: () => {}, open: () => {} };
  const reached = new Promise<void>((resolve) => (gate.reached = resolve));
  const opened = new Promise<void>((resolve) => (gate.open = resolve));
  simulator.onSimulate = async (index, { signal }) => {
    if (index < first) return;
    gate.reached();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(failure('CANCELLED', { what: 'the simulation' })));
    });
    await Promise.race([opened, aborted]);
  };
  return { reached, release: () => gate.open() };
}
