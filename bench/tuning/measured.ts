/** What a solver made of a problem, kept line by line so that a bench that was cut off goes on where it stopped. */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { BenchProblem } from './problems.js';
import type { TunerOutcome } from './run-problem.js';

export interface Measured {
  /** People in the company. */
  readonly employees: number;
  /** Index among the company's problems. */
  readonly place: number;
  readonly problem: BenchProblem;
  readonly solver: string;
  /** Simulations beyond the baseline; null where the growth did not come within tolerance. */
  readonly simulations: number | null;
  /** What the product's tuner did alone. */
  readonly tuner?: TunerOutcome;
}

export class MeasuredStore {
  readonly #file: string;
  readonly rows: Measured[];

  private constructor(file: string, rows: Measured[]) {
    this.#file = file;
    this.rows = rows;
  }

  /** Rows of the same sources only: one table comes from one state of the product. */
  static async open(projectRoot: string): Promise<MeasuredStore> {
    const { stdout } = await execa('git', ['rev-parse', 'HEAD:src', 'HEAD:dbt', 'HEAD:seeds'], {
      cwd: projectRoot,
    });
    const trees = stdout.split('\n').map((tree) => tree.slice(0, 8));
    const file = path.join(projectRoot, '.cache', 'bench', `tuning-${trees.join('-')}.jsonl`);
    await mkdir(path.dirname(file), { recursive: true });
    const text = existsSync(file) ? await readFile(file, 'utf8') : '';
    const lines = text.split('\n').filter((line) => line.endsWith('}'));
    return new MeasuredStore(
      file,
      lines.map((line) => JSON.parse(line) as Measured),
    );
  }

  has(employees: number, place: number, solver: string): boolean {
    return this.rows.some(
      (row) => row.employees === employees && row.place === place && row.solver === solver,
    );
  }

  /** The problems of a company by place, as far as the given solver was tried on them. */
  problemsOf(employees: number, solver: string): BenchProblem[] {
    return this.rows
      .filter((row) => row.employees === employees && row.solver === solver)
      .toSorted((left, right) => left.place - right.place)
      .map(({ problem }) => problem);
  }

  async add(row: Measured): Promise<void> {
    this.rows.push(row);
    await appendFile(this.#file, `${JSON.stringify(row)}\n`);
  }
}

/** One line per problem and solver, for people's own tools. */
export async function writeResults(file: string, rows: readonly Measured[]): Promise<void> {
  const lines = rows
    .toSorted(
      (left, right) =>
        left.employees - right.employees || left.place - right.place || (left.solver < right.solver ? -1 : 1),
    )
    .map(({ employees, problem, solver, simulations, tuner }) =>
      [
        employees,
        problem.target_mode,
        problem.strategy,
        problem.target.toFixed(6),
        problem.isFeasible,
        solver,
        simulations ?? '',
        tuner?.verdict ?? '',
        tuner?.iterations ?? '',
        tuner?.work.toFixed(1) ?? '',
      ].join(','),
    );
  const header = 'employees,target_mode,strategy,target,reachable,solver,simulations,verdict,iterations,work';
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, [header, ...lines, ''].join('\n'));
}
