/** Text tables: columns as wide as their content, numbers to the right. */
import { stripVTControlCharacters } from 'node:util';
import type { Style } from './style.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });

const GAP = '  ';

/** One line per row under a header and a rule. A missing cell is blank; cells may carry colours. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const widths = columns.map((column, index) =>
    Math.max(width(column.title), ...rows.map((row) => width(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((size) => '─'.repeat(size)).join(GAP);
  return [style.bold(line(columns.map(({ title }) => title))), style.dim(rule), ...rows.map(line)].join('\n');
}

const width = (text: string): number => stripVTControlCharacters(text).length;

function pad(text: string, size: number, align: Column['align']): string {
  const blank = ' '.repeat(Math.max(0, size - width(text)));
  return align === 'right' ? blank + text : text + blank;
}
