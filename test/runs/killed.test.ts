/** Worker and server are killed in the middle of a run: it goes on elsewhere and ends the same. Real processes, real simulations. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCensus } from '../../src/census/generate.js';
import {
  MeritloopError,
  type OptimizationResult,
  type RunHandle,
  type RunProgress,
} from '../../src/client/meritloop.js';
import { startService, type Service } from '../workflows/service.js';

const REQUEST = { target: 2, tolerance: 0.001, strategy: 'conservative' } as const;

let service: Service;
beforeEach(async () => {
  service = await startService('killed');
});
afterEach(() => service.close());

/** A worker that is just starting, or busy, may not answer a query in time. */
async function progressOf(run: RunHandle): Promise<RunProgress> {
  for (;;) {
    try {
      return await run.progress();
    } catch (error) {
      if (!(error instanceof MeritloopError && error.code === 'WORKER_SILENT')) throw error;
    }
  }
}

const ofTheRun = ({ status, initial_growth, final_growth, levers, simulation_id }: OptimizationResult) => ({
  status,
  initial_growth,
  final_growth,
  levers,
  simulation_id,
});

test.each(['worker', 'server', 'worker and server'])(
  'a run whose %s is killed ends as an undisturbed one',
  async (victim) => {
    const { client, config } = service;
    const first = service.startWorker();
    const run = await client.startOptimization(REQUEST, { id: 'disturbed' });
    // Held after the baseline and let go just before the kill: it strikes while the run is at work.
    while ((await progressOf(run)).phase === 'validating') await sleep(20);
    await run.pause();
    while ((await progressOf(run)).history.length === 0) await sleep(50);
    await run.resume();
    if (victim.includes('worker')) {
      await service.killWorker(first);
      service.startWorker();
    }
    if (victim.includes('server')) await service.killServer();
    const disturbed = await run.result();
    const { simulation_id } = disturbed;
    const snapshot = path.join(config.home, 'simulations', simulation_id, 'fct_workforce_snapshot.parquet');
    const tables = await readFile(snapshot);

    await rm(path.join(config.home, 'simulations'), { recursive: true });
    const undisturbed = await (await client.startOptimization(REQUEST, { id: 'undisturbed' })).result();
    expect(ofTheRun(disturbed)).toEqual(ofTheRun(undisturbed));
    expect(tables.equals(await readFile(snapshot))).toBe(true);
  },
);

describe('200,000 people', () => {
  let folder: string;
  let census: string;
  /** Both rows end as this run does; it is made once, on a home of its own. */
  let undisturbed: ReturnType<typeof ofTheRun>;
  /** The kill strikes in the baseline; both bounds and the candidates come after it. */
  const ask = ({ client }: Service, id: string) => client.startOptimization({ target: 2, census }, { id });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'meritloop-killed-people-'));
    census = path.join(folder, 'large.parquet');
    await generateCensus({ employees: 200_000, seed: 3, out: census, baselineDate: '2024-12-31' });
    const calm = await startService('calm');
    try {
      calm.startWorker();
      undisturbed = ofTheRun(await (await ask(calm, 'undisturbed')).result());
    } finally {
      await calm.close();
    }
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['the worker', false],
    ['worker and server together', true],
  ])(
    '%s killed in the third year, the run goes on with that year',
    async (_, withServer) => {
      const first = service.startWorker();
      const run = await ask(service, 'disturbed');
      let killing: Promise<void> | undefined;
      const result = await run.follow(({ simulation }) => {
        if (simulation === null || simulation.year < 2027) return;
        killing ??= (async () => {
          await service.killWorker(first);
          if (withServer) await service.killServer();
          service.startWorker();
        })();
      });
      expect(killing).toBeDefined();
      await killing;
      expect((await progressOf(run)).notes.join(' ')).toMatch(
        /Finished before and not simulated again: 2025, 2026/,
      );
      expect(ofTheRun(result)).toEqual(undisturbed);
    },
    600_000,
  );
});
