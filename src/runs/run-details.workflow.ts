/** The live page of a run in Temporal's web page: one table line per simulation that counted. */
import { digitsFor, percentText, pointsText } from '../shared/contract/figures.terms.js';
import type { RunProgress } from './optimization.contract.js';

export interface DetailLine {
  readonly label: string;
  /** Percent. */
  readonly growth: number;
  /** Percentage points. */
  readonly gap: number;
  readonly simulation_id: string;
  readonly seconds: number;
}

/** Markdown; digits are for reading, exact values are in the result. */
export function renderDetails(progress: RunProgress, lines: readonly DetailLine[]): string {
  const { target_growth, tolerance, phase, iteration, max_iterations, seeds, engine, notes } = progress;
  const digits = digitsFor(tolerance > 0 ? tolerance : 0.1);
  const table = lines.map(
    ({ label, growth, gap, simulation_id, seconds }) =>
      `| ${label} | ${percentText(growth, digits)} | ${pointsText(gap, digits)} | \`${simulation_id.slice(0, 12)}\` | ${seconds.toFixed(1)} |`,
  );
  return [
    `**Target ${target_growth} % ± ${tolerance} pp** · ${phase.replaceAll('_', ' ')} · iteration ${iteration} of at most ${max_iterations}${seeds == null ? '' : ` · seed ${seeds.done} of ${seeds.total}`}${engine === null ? '' : ` · ${engine} engine`}`,
    '',
    '| step | growth | gap | simulation | seconds |',
    '|---|---:|---:|---|---:|',
    ...table,
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${note}`)]),
  ].join('\n');
}
