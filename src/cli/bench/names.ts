/** The names of the benchmarks, in the order in which they run. */
export const BENCHMARKS = [
  'simulation',
  'large',
  'run',
  'convergence',
  'graph',
  'materialize',
  'page',
  'tuning',
  'solvers',
  'dagster',
  'soak',
] as const;

export type Benchmark = (typeof BENCHMARKS)[number];
