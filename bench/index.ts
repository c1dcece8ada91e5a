/** `npm run bench [simulation|large|run|convergence|graph|materialize|page|tuning|solvers|dagster|soak]…`: prints Markdown tables; all but the last two by default. */
import path from 'node:path';
import { BENCHMARKS, type Benchmark } from '../src/cli/bench/names.js';
import { benchDagster } from './dagster.js';
import { benchConvergence, benchRun } from './optimization.js';
import { benchGraph } from './graph.js';
import { benchMaterialize } from './materialize.js';
import { benchPage } from './page.js';
import { benchSimulation } from './simulation.js';
import { benchSoak } from './soak.js';
import { benchSolvers, benchTuning } from './tuning.js';

const ROOT = path.resolve(import.meta.dirname, '..');

const BENCHES: Readonly<Record<Benchmark, () => Promise<void>>> = {
  simulation: () => benchSimulation([10_000, 100_000], (employees) => employees === 10_000),
  large: () => benchSimulation([1_000_000], () => false),
  run: () => benchRun(10_000),
  convergence: benchConvergence,
  graph: benchGraph,
  materialize: benchMaterialize,
  page: () => benchPage(ROOT),
  tuning: () => benchTuning(ROOT),
  solvers: () => benchSolvers(ROOT),
  dagster: () => benchDagster(ROOT),
  soak: benchSoak,
};

/** One needs another program, the other a quarter of an hour. */
const ON_DEMAND: ReadonlySet<Benchmark> = new Set(['dagster', 'soak']);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !BENCHMARKS.some((known) => known === name));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  for (const name of BENCHMARKS) {
    if (asked.length === 0 ? !ON_DEMAND.has(name) : asked.includes(name)) await BENCHES[name]();
  }
}
