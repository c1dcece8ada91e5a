/** Drives the Python solvers of `solvers.py`: JSON lines over standard input and output, one process each. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TOLERANCE } from './problems.js';
import type { Rival } from './rivals.js';

export const PYTHON_SOLVERS = ['brentq', 'least_squares', 'tpe'] as const;

const interpreter = (projectRoot: string): string =>
  path.join(projectRoot, '.cache', 'bench-venv', 'bin', 'python');

/** How to install what is missing; undefined when nothing is. */
export const missingPython = (projectRoot: string): string | undefined =>
  existsSync(interpreter(projectRoot))
    ? undefined
    : 'SciPy and Optuna are not installed: python3 -m venv .cache/bench-venv && .cache/bench-venv/bin/pip install -r bench/tuning/requirements-bench.txt';

export const pythonRival =
  (projectRoot: string, solver: (typeof PYTHON_SOLVERS)[number]): Rival =>
  async ({ ask, today }) => {
    const child = spawn(
      interpreter(projectRoot),
      [
        path.join(projectRoot, 'bench', 'tuning', 'solvers.py'),
        solver,
        JSON.stringify(today),
        String(TOLERANCE),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        const gaps = await ask(JSON.parse(line) as number[]);
        child.stdin.write(`${JSON.stringify(gaps)}\n`);
      }
    } finally {
      child.kill();
    }
  };
