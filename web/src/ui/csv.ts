/** A table as CSV text (RFC 4180). */
import { csvCell } from '../../../src/shared/contract/escaped.terms.js';

type Value = string | number | null | undefined;

export const csvText = (head: readonly string[], rows: readonly (readonly Value[])[]): string =>
  [head, ...rows]
    .map((row) => row.map(field).join(','))
    .join('\r\n')
    .concat('\r\n');

function field(value: Value): string {
  const text = typeof value === 'string' ? csvCell(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
