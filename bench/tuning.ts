/** Two hundred generated tuning problems: iterations of the tuner, and the simulations that other solvers need. */
import path from 'node:path';
import { createSimulator } from '../src/simulation/create-simulator.js';
import { loadSolver } from '../src/targets/highs.js';
import { withCompany } from './company.js';
import { median, printTable } from './measure.js';
import { jointRange, nearestTo } from './tuning/joint-range.js';
import { MeasuredStore, writeResults, type Measured } from './tuning/measured.js';
import {
  COMPANIES,
  PER_COMPANY,
  problemsOf,
  TOLERANCE,
  type BenchCompanySize,
  type BenchProblem,
} from './tuning/problems.js';
import { missingPython, pythonRival, PYTHON_SOLVERS } from './tuning/python.js';
import { predecessor, secant, type Rival } from './tuning/rivals.js';
import { goalOf, runRival, runTuner } from './tuning/run-problem.js';
import { measureCorners, type CompanyTrials } from './tuning/trials.js';

/** So many simulations may another solver use. */
const LIMIT = 30;
/** Companies at work at the same time. */
const SIDE_BY_SIDE = 2;
const TUNER = 'meritloop';

type Rivals = ReadonlyMap<string, Rival>;

/** Whether all years can meet a target at the same time is found out by levers that the tuner has no part in. */
async function problemsWithAnswers(company: CompanyTrials, index: number): Promise<readonly BenchProblem[]> {
  const solve = await loadSolver();
  const everyYear = goalOf({ target_mode: 'every-year' });
  const corners = {
    ...(await measureCorners(company, goalOf)),
    'every-year': await jointRange(company, everyYear, solve),
  };
  const problems = problemsOf(corners, index);
  return Promise.all(
    problems.map(async (problem) => {
      if (problem.target_mode !== 'every-year') return problem;
      const { worst } = await nearestTo(company, everyYear, problem.target, solve);
      return { ...problem, isFeasible: worst <= TOLERANCE };
    }),
  );
}

async function runCompany(
  size: BenchCompanySize,
  index: number,
  rivals: Rivals,
  store: MeasuredStore,
): Promise<void> {
  const { employees } = size;
  const names = [TUNER, ...rivals.keys()];
  await withCompany(size, async ({ config, logger, levers, spec }) => {
    const simulator = createSimulator(config, logger);
    const company = { simulator, levers, spec };
    try {
      const known = store.problemsOf(employees, TUNER);
      const problems = known.length === PER_COMPANY ? known : await problemsWithAnswers(company, index);
      for (const [place, problem] of problems.entries()) {
        const todo = names.filter(
          (name) => (name === TUNER || problem.isFeasible) && !store.has(employees, place, name),
        );
        for (const solver of todo) {
          const about = { employees, place, problem, solver };
          const rival = rivals.get(solver);
          if (rival !== undefined) {
            const simulations = await runRival(company, problem, rival, LIMIT);
            await store.add({ ...about, simulations: simulations ?? null });
          } else {
            const tuner = await runTuner(company, problem);
            const simulations = tuner.verdict === 'converged' ? tuner.simulations : null;
            await store.add({ ...about, simulations, tuner });
          }
        }
      }
    } finally {
      await simulator.close();
    }
    process.stderr.write(`problems of ${employees} people done\n`);
  });
}

async function runAll(projectRoot: string, rivals: Rivals): Promise<readonly Measured[]> {
  const store = await MeasuredStore.open(projectRoot);
  const queue = [...COMPANIES.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      await runCompany(next[1], next[0], rivals, store);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return store.rows;
}

/** All problems by the product's tuner. */
export async function benchTuning(projectRoot: string): Promise<void> {
  printTuner(await runAll(projectRoot, new Map()));
}

/**
 * All reachable problems by other solvers too, which need most of the simulations.
 * @param projectRoot where `.cache/bench-venv` may be
 */
export async function benchSolvers(projectRoot: string): Promise<void> {
  const rivals = new Map<string, Rival>([
    ["predecessor's rule", predecessor],
    ['plain secant', secant],
  ]);
  const missing = missingPython(projectRoot);
  if (missing === undefined) {
    const labels = { brentq: 'SciPy brentq', least_squares: 'SciPy least_squares', tpe: 'Optuna TPE' };
    for (const solver of PYTHON_SOLVERS) rivals.set(labels[solver], pythonRival(projectRoot, solver));
  } else process.stderr.write(`${missing}\n`);
  const rows = await runAll(projectRoot, rivals);
  await writeResults(path.join(projectRoot, 'bench', 'tuning', 'results', 'solvers.csv'), rows);
  printTuner(rows);
  printRivals(rows, [TUNER, ...rivals.keys()]);
}

const highest = (values: readonly number[]): string => String(Math.max(...values));

/** A problem that was not solved counts as more than any other. */
function quantile(values: readonly (number | null)[], part: number): string {
  const sorted = values.map((value) => value ?? Infinity).toSorted((left, right) => left - right);
  const value = sorted[Math.ceil(part * sorted.length) - 1] ?? Infinity;
  return Number.isFinite(value) ? String(value) : `> ${LIMIT}`;
}

function printTuner(all: readonly Measured[]): void {
  const rows = all.flatMap(({ problem, tuner }) => (tuner === undefined ? [] : [{ problem, tuner }]));
  const modes = [...new Set(rows.map(({ problem }) => problem.target_mode))];
  printTable(
    `${rows.length} tuning problems, ± ${TOLERANCE} pp`,
    [
      'mode',
      'reachable: converged',
      'median iterations',
      'most',
      'most work beyond the baseline',
      'out of reach: recognised',
    ],
    modes.map((mode) => {
      const own = rows.filter(({ problem }) => problem.target_mode === mode);
      const inside = own.filter(({ problem }) => problem.isFeasible);
      const outside = own.filter(({ problem }) => !problem.isFeasible);
      const used = inside.map(({ tuner }) => tuner.iterations);
      return [
        mode,
        `${inside.filter(({ tuner }) => tuner.verdict === 'converged').length} of ${inside.length}`,
        String(median(used)),
        highest(used),
        Math.max(...inside.map(({ tuner }) => tuner.work)).toFixed(1),
        `${outside.filter(({ tuner }) => tuner.verdict === 'infeasible').length} of ${outside.length}`,
      ];
    }),
  );
}

function printRivals(all: readonly Measured[], names: readonly string[]): void {
  const rows = all.filter(({ problem }) => problem.isFeasible);
  printTable(
    `Simulations beyond the baseline until within ± ${TOLERANCE} pp, at most ${LIMIT}; meritloop's include both bounds`,
    ['solver', 'solved', 'median', 'p90', 'most'],
    names.map((name) => {
      const counts = rows.filter(({ solver }) => solver === name).map(({ simulations }) => simulations);
      const solved = counts.filter((count) => count !== null).length;
      return [
        name,
        `${solved} of ${counts.length}`,
        quantile(counts, 0.5),
        quantile(counts, 0.9),
        quantile(counts, 1),
      ];
    }),
  );
}
