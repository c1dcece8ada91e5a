/** Two hundred generated tuning problems: iterations of the tuner, and the simulations that other solvers need. */
import { createSimulator } from '../src/simulation/create-simulator.js';
import { withCompany } from './company.js';
import { median, printTable } from './measure.js';
import { COMPANIES, problemsOf, type BenchCompanySize, type BenchProblem } from './tuning/problems.js';
import { missingPython, pythonRival, PYTHON_SOLVERS } from './tuning/python.js';
import { predecessor, secant, type Rival } from './tuning/rivals.js';
import { goalOf, runRival, runTuner, type TunerOutcome } from './tuning/run-problem.js';
import { measureCorners } from './tuning/trials.js';

/** So many simulations may a rival use. */
const LIMIT = 20;
/** Companies at work at the same time. */
const SIDE_BY_SIDE = 2;

interface Row {
  readonly problem: BenchProblem;
  readonly tuner: TunerOutcome;
  /** Simulations by rival; undefined where it did not get there. Feasible problems only. */
  readonly rivals: Readonly<Record<string, number | undefined>>;
}

async function runCompany(
  size: BenchCompanySize,
  index: number,
  rivals: ReadonlyMap<string, Rival>,
  every: number,
): Promise<Row[]> {
  return withCompany(size, async ({ config, logger, levers, spec }) => {
    const simulator = createSimulator(config, logger);
    const company = { simulator, levers, spec };
    const rows: Row[] = [];
    try {
      const problems = problemsOf(await measureCorners(company, goalOf), index);
      for (const [place, problem] of problems.entries()) {
        const isRivals = problem.isFeasible && (place + index) % every === 0;
        if (rivals.size > 0 && !isRivals) continue;
        const tuner = await runTuner(company, problem);
        const used: Record<string, number | undefined> = {};
        for (const [name, rival] of rivals) used[name] = await runRival(company, problem, rival, LIMIT);
        rows.push({ problem, tuner, rivals: used });
      }
    } finally {
      await simulator.close();
    }
    process.stderr.write(`${rows.length} problems of ${size.employees} people done\n`);
    return rows;
  });
}

async function runAll(rivals: ReadonlyMap<string, Rival>, every: number): Promise<Row[]> {
  const queue = [...COMPANIES.entries()];
  const rows: Row[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      rows.push(...(await runCompany(next[1], next[0], rivals, every)));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return rows;
}

/** All problems by the product's tuner. */
export async function benchTuning(): Promise<void> {
  printTuner(await runAll(new Map(), 1));
}

/**
 * The reachable ones of each so-many-th problem by other solvers too, which need most of the simulations.
 * @param projectRoot where `.cache/bench-venv` may be
 */
export async function benchSolvers(projectRoot: string, every: number): Promise<void> {
  const rivals = new Map<string, Rival>([
    ["predecessor's rule", predecessor],
    ['plain secant', secant],
  ]);
  const missing = missingPython(projectRoot);
  if (missing === undefined) {
    const labels = { brentq: 'SciPy brentq', least_squares: 'SciPy least_squares', tpe: 'Optuna TPE' };
    for (const solver of PYTHON_SOLVERS) rivals.set(labels[solver], pythonRival(projectRoot, solver));
  } else process.stderr.write(`${missing}\n`);
  printRivals(await runAll(rivals, every), [...rivals.keys()]);
}

const highest = (values: readonly number[]): string => String(Math.max(...values));

function printTuner(rows: readonly Row[]): void {
  const modes = [...new Set(rows.map(({ problem }) => problem.target_mode))];
  printTable(
    `${rows.length} tuning problems, ± 0.1 pp`,
    ['mode', 'reachable: converged', 'median iterations', 'most', 'most work', 'out of reach: recognised'],
    modes.map((mode) => {
      const own = rows.filter(({ problem }) => problem.target_mode === mode);
      const [inside, outside] = [true, false].map((is) =>
        own.filter(({ problem }) => problem.isFeasible === is),
      ) as [Row[], Row[]];
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

function printRivals(rows: readonly Row[], names: readonly string[]): void {
  const line = (name: string, counts: readonly (number | undefined)[]): string[] => {
    const solved = counts.filter((count) => count !== undefined);
    return [
      name,
      `${solved.length} of ${counts.length}`,
      solved.length === 0 ? '–' : String(median(solved)),
      solved.length === 0 ? '–' : highest(solved),
    ];
  };
  printTable(
    `Simulations after the baseline until within ± 0.1 pp, at most ${LIMIT}; the tuner's include both bounds`,
    ['solver', 'solved', 'median', 'most'],
    [
      line(
        'meritloop',
        rows.map(({ tuner }) => (tuner.verdict === 'converged' ? tuner.simulations : undefined)),
      ),
      ...names.map((name) =>
        line(
          name,
          rows.map((row) => row.rivals[name]),
        ),
      ),
    ],
  );
}
