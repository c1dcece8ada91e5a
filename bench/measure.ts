/** Timing and tables for the benchmarks: medians of repeated runs, printed as Markdown. */

export interface Timed<Result> {
  readonly seconds: number;
  readonly result: Result;
}

export async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
  const startedAt = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
};

/** Runs `work` in turn, `count` times. */
export async function repeat<Result>(
  count: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < count; index += 1) results.push(await work(index));
  return results;
}

/** Digits enough to compare, no more. */
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;
export const times = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ×`;

export function printTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  process.stdout.write(
    `\n### ${title}\n\n${[line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')}\n`,
  );
}

/** Peak resident memory of this process so far, in GB. */
export const peakMemoryGb = (): number => process.resourceUsage().maxRSS / 1024 / 1024;
