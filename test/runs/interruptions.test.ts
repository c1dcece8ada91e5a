/** Kill, pause and cancel in each phase of a run: every row of docs/reference/interruptions.md, done as it says. */
import { readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT_CODES } from '../../src/cli/runs/run-optimization.js';
import { MeritloopError, type OptimizationResult, type RunHandle } from '../../src/client/meritloop.js';
import { loadConfig } from '../../src/config.js';
import { processesOf } from '../workflows/processes.js';
import { isMiddleOf, PHASES, type Gate, type Phase } from './slow-engine.js';
import { endProcess, halfMade, REQUEST, startSlowService, type SlowHome } from './slow-service.js';

const DOCUMENT = path.join(loadConfig({}, {}).projectRoot, 'docs', 'reference', 'interruptions.md');

/** Rows of the table: phase, interruption, answer, status, exit code. */
const rows = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, phase]) => PHASES.some((known) => known === phase))
  .map(([, phase, interruption, answer, status, exit]) => ({
    phase: phase as Phase,
    interruption: interruption ?? '',
    outcome: { answer, status, exit: Number(exit) },
  }));
const rowsOf = (interruption: string) => rows.filter((row) => row.interruption === interruption);

interface Ended {
  readonly status: string;
  readonly exit: number;
  readonly result: OptimizationResult | undefined;
}

const endOf = async (run: RunHandle): Promise<Ended> => {
  try {
    const result = await run.result();
    return { status: result.status, exit: EXIT_CODES[result.status], result };
  } catch (error) {
    if (!(error instanceof MeritloopError)) throw error;
    return { status: error.code.toLowerCase(), exit: error.exitCode, result: undefined };
  }
};

const answerOf = (call: Promise<void>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: MeritloopError) => error.code,
  );

const moves = async (home: string): Promise<number> =>
  (await readFile(path.join(home, 'levers', 'history.ndjson'), 'utf8')).trim().split('\n').length;

const ofTheRun = ({ result }: Ended) => {
  if (result === undefined) return undefined;
  const { status, levers, initial_growth, final_growth, simulation_id, applied } = result;
  return { status, levers, initial_growth, final_growth, simulation_id, applied };
};

let service: Awaited<ReturnType<typeof startSlowService>>;
const kills = new Map<Phase, Promise<{ home: string; ended: Ended }>>();
let undisturbed: Ended;
let shared: SlowHome;
let stopShared: () => Promise<void>;

/** What the worker of the shared home waits for. */
const hold = { phase: 'none', of: new Set<number | string>(), reached: () => {}, opened: Promise.resolve() };
const gate: Gate = async (place, signal) => {
  if (!hold.of.has(place.of) || !isMiddleOf(hold.phase as Phase, place)) return;
  hold.reached();
  await Promise.race([
    hold.opened,
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  ]);
};

function holdShared(
  phase: Phase,
  ...of: readonly (number | string)[]
): { readonly reached: Promise<void>; release(): void } {
  const opening = { open: () => {} };
  hold.phase = phase;
  hold.of = new Set(of);
  hold.opened = new Promise((resolve) => (opening.open = resolve));
  const reached = new Promise<void>((resolve) => (hold.reached = resolve));
  const release = (): void => {
    hold.of.clear();
    opening.open();
  };
  return { reached, release };
}

async function kill(phase: Phase): Promise<{ home: string; ended: Ended }> {
  const slow = await service.openHome();
  const worker = slow.spawnWorker({ hold: phase });
  const run = await slow.client.startOptimization(REQUEST, { id: `killed-${phase}` });
  await slow.untilHeld();
  await endProcess(worker, 'SIGKILL');
  const next = await slow.startWorker();
  const ended = await endOf(run);
  await slow.client.summarize(run.runId);
  await next.stop();
  return { home: slow.home, ended };
}

beforeAll(async () => {
  service = await startSlowService();
  shared = await service.openHome();
  const worker = await shared.startWorker(gate);
  stopShared = () => worker.stop();
  undisturbed = await endOf(await shared.client.startOptimization(REQUEST, { id: 'undisturbed' }));
  // All at once: each waits for the server to miss the killed worker.
  for (const { phase } of rowsOf('killed')) kills.set(phase, kill(phase));
});
afterAll(() => service.close());

test('the table has a row for each phase and interruption', () => {
  const cells = ['killed', 'paused', 'cancelled'].flatMap((interruption) =>
    PHASES.map((phase) => `${interruption} ${phase}`),
  );
  expect(rows.map(({ interruption, phase }) => `${interruption} ${phase}`)).toEqual(cells);
});

let seed = 100;
/** A seed of its own: nothing of an earlier row is reused. */
const startHeld = async (phase: Phase, id: string) => {
  seed += 1;
  const held = holdShared(phase, seed, id);
  const run = await shared.client.startOptimization({ ...REQUEST, seed }, { id });
  await held.reached;
  // The report is written while the run ends.
  if (phase === 'summary') await run.result();
  return { run, held };
};

/** Simulations that a paused run finishes: the one at work, and those before. */
const FINISHED = { baseline: 1, bounds: 2, iteration: 4, publish: 0, summary: 0 };

test.each(rowsOf('paused'))('paused in $phase', async ({ phase, outcome }) => {
  const { run, held } = await startHeld(phase, `paused-${phase}`);
  const answer = await answerOf(run.pause());
  held.release();
  const seen = async () => (await run.progress()).history.length;
  while ((await seen()) < FINISHED[phase]) await sleep(20);
  // Time enough for the next one, were the run not held.
  await sleep(FINISHED[phase] === 0 ? 0 : 500);
  expect([FINISHED[phase] || (await seen())]).toContain(await seen());
  await answerOf(FINISHED[phase] === 0 ? Promise.resolve() : run.resume());
  const { status, exit, result } = await endOf(run);
  expect({ answer, status, exit }).toEqual(outcome);
  expect(result?.applied).toBe('applied');
});

test.each(rowsOf('cancelled'))('cancelled in $phase', async ({ phase, outcome }) => {
  const before = await moves(shared.home);
  const { run, held } = await startHeld(phase, `cancelled-${phase}`);
  const answer = await answerOf(run.cancel());
  // A simulation ends by being aborted; what must not be aborted is let go.
  const isSimulating = phase !== 'publish' && phase !== 'summary';
  const letGo = setTimeout(() => held.release(), 200);
  if (isSimulating) clearTimeout(letGo);
  const { status, exit, result } = await endOf(run);
  expect({ answer, status, exit }).toEqual(outcome);
  expect(result?.applied ?? 'never').toBe(isSimulating ? 'never' : 'applied');
  expect(await moves(shared.home)).toBe(before + (isSimulating ? 0 : 1));
  held.release();
});

test('cancelling the second engine ends its process', async () => {
  const run = await shared.client.startOptimization({ ...REQUEST, engine: 'dbt' }, { id: 'dbt' });
  const isRunning = (): boolean => processesOf(shared.home).length > 0;
  while (!isRunning()) await sleep(50);
  await run.cancel();
  await expect(run.result()).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(processesOf(shared.home)).toEqual([]);
});

test('no interruption leaves anything half made', async () => {
  await stopShared();
  expect(await halfMade(shared.home)).toEqual([]);
});

test.each(rowsOf('killed'))('killed in $phase', async ({ phase, outcome }) => {
  const { home, ended } = (await kills.get(phase)) ?? { home: '', ended: undisturbed };
  expect({ answer: 'none', status: ended.status, exit: ended.exit }).toEqual(outcome);
  expect(ofTheRun(ended)).toEqual(ofTheRun(undisturbed));
  expect(await moves(home)).toBe(1);
  await expect(access(path.join(home, 'runs', `killed-${phase}`, 'report.md'))).resolves.toBeUndefined();
});
