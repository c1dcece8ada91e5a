/** Small CSV files read whole: rows as text with the physical line each begins on, and errors that name it. */
import { parse } from 'csv-parse/sync';
import { types } from 'node:util';
import { failure, type MeritloopError } from '../errors/errors.js';

export interface CsvRow {
  /** Physical line, from 1 (the header). */
  readonly line: number;
  /** The cell of a column that the table was asked for. */
  readonly cell: (column: string) => string;
}

export interface CsvError {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly rule: string;
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly bytes: number };
}

/**
 * Reads a CSV with exactly these columns, in any order; blank lines, a byte-order mark and CRLF are fine. Cells of an
 * optional column that is not there are empty.
 * @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID (unknown or double column, number of fields)
 */
export function readCsvTable(
  text: string,
  source: string,
  columns: readonly string[],
  optional: readonly string[] = [],
): CsvRow[] {
  const [header, ...records] = parseRecords(text, source);
  const names = (header?.record ?? []).map((name) => name.trim());
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) throw failure('COLUMN_MISSING', { source, column: missing, columns: names });
  requireKnown(names, [...columns, ...optional], source);
  const lineAt = lineCounter(Buffer.from(text, 'utf8'));
  const errors: CsvError[] = [];
  let end = header?.info.bytes ?? 0;
  const rows = records.map(({ record, info }) => {
    const line = lineAt(end);
    end = info.bytes;
    if (record.length !== names.length) {
      const rule = `must have ${names.length} fields, one for each column`;
      errors.push({ line, field: 'row', value: `${record.length} fields`, rule });
    }
    return { line, cell: (column: string) => record[names.indexOf(column)] ?? '' };
  });
  throwCsvErrors(source, errors);
  return rows;
}

/** Throws one ROW_INVALID that shows the first error and counts the others; returns when there is none. */
export function throwCsvErrors(source: string, errors: readonly CsvError[]): void {
  if (errors.length > 0) throw invalidRows(source, 'line', errors, errors.length);
}

/** The failure for a file with `total` bad values, of which `errors` are the first. */
export function invalidRows(
  source: string,
  unit: 'line' | 'row',
  errors: readonly CsvError[],
  total: number,
): MeritloopError {
  const shown = errors.map(({ value, ...error }) => ({ ...error, value: shownValue(value) }));
  const [first = { line: 1, field: 'file', value: '', rule: 'is not valid' }] = shown;
  const texts = shown
    .slice(0, 20)
    .map((error) => `${unit} ${error.line}: ${error.field} = ${error.value}: ${error.rule}`);
  return failure('ROW_INVALID', { source, unit, ...first, more: total - 1, errors: texts });
}

/** An empty or very long value, as an error shows it. */
function shownValue(value: string): string {
  if (value === '') return '(empty)';
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}

function parseRecords(text: string, source: string): ParsedRecord[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[];
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    throw failure('FILE_UNREADABLE', { source, path: source, reason: error.message }, error);
  }
}

function requireKnown(names: readonly string[], columns: readonly string[], source: string): void {
  const unknown = names.filter((name) => !columns.includes(name));
  const double = names.filter((name, index) => names.indexOf(name) !== index);
  throwCsvErrors(source, [
    ...unknown.map((value) => ({
      line: 1,
      field: 'column',
      value,
      rule: `must be one of ${columns.join(', ')}`,
    })),
    ...double.map((value) => ({ line: 1, field: 'column', value, rule: 'stands twice in the header' })),
  ]);
}

/** The line on which the record after byte `offset` begins: blank lines in between are skipped. Offsets must rise. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let line = 1;
  let at = 0;
  const advance = () => {
    const byte = bytes[at];
    at += byte === CR && bytes[at + 1] === LF ? 2 : 1;
    if (byte === LF || byte === CR) line += 1;
  };
  return (offset) => {
    while (at < offset) advance();
    while (bytes[at] === LF || bytes[at] === CR) advance();
    return line;
  };
}

const LF = 10;
const CR = 13;
