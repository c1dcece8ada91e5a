/** A small bar chart in text: one bar a year, with a line where the target is. */

export interface Bar {
  readonly label: string;
  /** Percent. */
  readonly value: number;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const TARGET_LINE = '┃';

/**
 * Bars start at zero, to the left of it for a fall; `target` (percent) is a line through all of them.
 * @param width of the plot in characters, without labels and numbers.
 */
export function renderChart(bars: readonly Bar[], target: number, width = 40, digits = 2): string {
  const values = [...bars.map(({ value }) => value), target, 0];
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const position = (value: number): number => ((value - low) / span) * width;
  const mark = Math.min(width - 1, Math.floor(position(target)));
  const labelWidth = Math.max(...bars.map(({ label }) => label.length));
  const lines = bars.map(({ label, value }) => {
    const cells = Array.from({ length: width }, (_, cell) => fill(cell, position(0), position(value)));
    cells[mark] = TARGET_LINE;
    return `${label.padEnd(labelWidth)}  ${cells.join('')}  ${`${value.toFixed(digits)} %`.padStart(8)}`;
  });
  const legend = `${' '.repeat(labelWidth + 2 + mark)}${TARGET_LINE} target ${target.toFixed(digits)} %`;
  return [...lines, legend].join('\n');
}

/** The character of one cell: whole, blank, or an eighth-block where a rising bar ends. */
function fill(cell: number, zero: number, end: number): string {
  if (end < zero) return cell + 0.5 >= end && cell + 0.5 < zero ? '█' : ' ';
  if (cell < Math.floor(zero)) return ' ';
  const part = Math.min(1, Math.max(0, end - cell));
  return part === 1 ? '█' : EIGHTHS[Math.floor(part * 8)] || ' ';
}
