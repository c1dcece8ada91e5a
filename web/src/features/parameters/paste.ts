/** Reads what was copied from a spreadsheet: rows and columns of percentages. Pure. */

const NUMBER = /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i;

/**
 * Percentages by row and column; null for an empty cell.
 * @returns the text that is no number, where there is one
 */
export function readPaste(text: string): { rows: (number | null)[][] } | { wrong: string } {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const rows: (number | null)[][] = [];
  for (const line of lines) {
    const row: (number | null)[] = [];
    for (const field of line.split('\t')) {
      const plain = field
        .trim()
        .replace(/%$/, '')
        .trim()
        .replace(/^(\d+),(\d+)$/, '$1.$2');
      if (plain === '') row.push(null);
      else if (NUMBER.test(plain)) row.push(Number(plain));
      else return { wrong: field.trim() };
    }
    rows.push(row);
  }
  return { rows };
}
