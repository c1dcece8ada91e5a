/** Whether a process that serves API and worker for long keeps its size: runs one after another over HTTP, its memory and threads now and then. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemAccess } from '../src/server/access.js';
import { startServer } from '../src/server/start.js';
import { countOpen } from '../src/shared/open-resources.js';
import { withCompany } from './company.js';
import { printTable, seconds } from './measure.js';
import { withWorker } from './worker.js';

const RUNS = Number(process.env['SOAK_RUNS'] ?? 500);
const LOOKS = 10;
const EMPLOYEES = 500;
/** Every run asks for another growth; every tenth draws by another random seed, and so needs other years. */
const RUNS_OF_A_SEED = 10;

interface Look {
  readonly runs: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly threads: number;
  readonly databases: number;
  readonly files: number;
}

async function look(runs: number): Promise<Look> {
  const status = await readFile('/proc/self/status', 'utf8');
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    runs,
    rssMb: figure('VmRSS') / 1024,
    heapMb: process.memoryUsage().heapUsed / 1024 ** 2,
    threads: figure('Threads'),
    databases: countOpen(),
    files: (await readdir('/proc/self/fd')).length,
  };
}

type Ask = (address: string, body?: unknown) => Promise<Record<string, unknown>>;

const askOf =
  (url: string): Ask =>
  async (address, body) => {
    const response = await fetch(`${url}${address}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${address}: ${JSON.stringify(answer)}`);
    return answer;
  };

const isOver = ({ run: seen }: Record<string, unknown>): boolean =>
  (seen as { readonly finished_at: string | null }).finished_at !== null;

/** One optimisation to its end, followed and read as the page does. */
async function run(ask: Ask, census: string, index: number): Promise<void> {
  const started = await ask('/api/runs', {
    census,
    years: '2025-2027',
    seed: Math.floor(index / RUNS_OF_A_SEED),
    target: 1.5 + (index % 97) / 100,
  });
  const id = String(started['run_id']);
  let shown = await ask(`/api/runs/${id}`);
  while (!isOver(shown)) {
    await sleep(100);
    shown = await ask(`/api/runs/${id}`);
  }
  await ask(`/api/runs/${id}/report`);
  await ask('/api/runs');
  await ask('/api/assets');
  const { simulations } = await ask('/api/simulations');
  const [latest] = simulations as { readonly simulation_id: string }[];
  if (latest === undefined) return;
  for (const part of ['results', 'headcount-bridge', 'rows'])
    await ask(`/api/simulations/${latest.simulation_id}/${part}`);
}

/** Prints a line every fiftieth run, then the table. */
export async function benchSoak(): Promise<void> {
  await withCompany({ employees: EMPLOYEES }, async ({ config, logger, spec: { census } }) =>
    withWorker({ config, logger }, undefined, async ({ client }) => {
      const server = await startServer({
        config,
        logger,
        client,
        access: systemAccess('bench'),
        version: '0',
        host: '127.0.0.1',
        port: 0,
        page: path.join(config.home, 'no-page'),
      });
      const ask = askOf(server.url);
      const looks: Look[] = [];
      const startedAt = performance.now();
      try {
        for (let index = 0; index <= RUNS; index += 1) {
          if (index % Math.ceil(RUNS / LOOKS) === 0) {
            const seen = await look(index);
            looks.push(seen);
            process.stderr.write(`${JSON.stringify(seen)}\n`);
          }
          if (index < RUNS) await run(ask, census, index);
        }
      } finally {
        await server.close();
      }
      printTable(
        `${RUNS} runs in one process: API and worker, ${EMPLOYEES} people, three years, ${seconds((performance.now() - startedAt) / 1000)}`,
        ['runs', 'resident', 'JavaScript heap', 'threads', 'databases', 'open files'],
        looks.map(({ runs, rssMb, heapMb, threads, databases, files }) => [
          String(runs),
          `${rssMb.toFixed(0)} MB`,
          `${heapMb.toFixed(0)} MB`,
          String(threads),
          String(databases),
          String(files),
        ]),
      );
    }),
  );
}
