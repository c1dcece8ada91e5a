/** The live page of a grid in Temporal's web page: counts, the cells at work, and a table of those that have ended. */
import type { GridCounts } from './grid.contract.js';
import { percentText, pointsText } from '../shared/contract/figures.terms.js';
import type { CellOutcome } from './outcome.pure.js';

/** A page has room for so many. */
const LISTED = 60;

export interface EndedCell {
  readonly label: string;
  readonly outcome: CellOutcome;
}

export const countsText = ({ cells, pending, reused, ...verdicts }: GridCounts): string =>
  [
    `${cells - pending} of ${cells} cells`,
    ...Object.entries(verdicts)
      .filter(([, number]) => number > 0)
      .map(([status, number]) => `${number} ${status.replace('_', ' ')}`),
    ...(reused > 0 ? [`${reused} reused`] : []),
  ].join(' · ');

/** One line for one cell. */
export function endedText({ label, outcome }: EndedCell): string {
  const { status, final_growth, error, reused } = outcome;
  return [
    `${label}: ${status.replace('_', ' ')}`,
    ...(final_growth === null ? [] : [`growth ${percentText(final_growth, 3)}`]),
    ...(error === null ? [] : [`${error.code} ${error.message}`]),
    ...(reused ? ['reused'] : []),
  ].join(', ');
}

/** Markdown; digits are for reading, exact values are in the result. */
export function renderGridDetails(
  counts: GridCounts,
  running: readonly string[],
  ended: readonly EndedCell[],
  isPaused: boolean,
): string {
  const shown = ended.slice(-LISTED);
  return [
    `**${countsText(counts)}**${isPaused ? ' · paused' : ''}`,
    ...running.map((label) => `- at work: ${label}`),
    '',
    ...(shown.length < ended.length ? [`The last ${LISTED}:`, ''] : []),
    '| cell | status | growth | gap | payroll, all years |',
    '|---|---|---:|---:|---:|',
    ...shown.map(rowOf),
  ].join('\n');
}

function rowOf({ label, outcome }: EndedCell): string {
  const { status, final_growth, gap, payroll, error } = outcome;
  const cells = [
    label,
    error === null ? status.replace('_', ' ') : `${status}: ${error.code}`,
    final_growth === null ? '' : percentText(final_growth, 3),
    gap === null ? '' : pointsText(gap, 3),
    payroll === null ? '' : `$${Math.round(payroll)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
