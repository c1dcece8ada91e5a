/** A seed file as rows of numbers and texts, collecting an error for every bad cell. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';
import { readCsvTable, throwCsvErrors, type CsvError, type CsvRow } from '../../shared/files/csv-table.js';
import { failure } from '../../shared/errors/errors.js';

const DECIMAL = /^-?\d+(\.\d+)?$/;

export interface SeedRow {
  readonly line: number;
  readonly text: (column: string) => string;
  /** NaN, with an error kept, where the cell is no decimal number or lies outside the range. */
  readonly number: (column: string, low: number, high: number) => number;
  readonly whole: (column: string, low: number, high: number) => number;
  readonly refuse: (column: string, rule: string) => void;
}

/** Hands every row to `check` and throws all that was refused as one ROW_INVALID. */
export async function checkSeed<Result>(
  seedsDir: string,
  file: string,
  columns: readonly string[],
  check: (rows: readonly SeedRow[], refuse: (error: CsvError) => void) => Result,
): Promise<Result> {
  const text = await readSeed(seedsDir, file);
  const errors: CsvError[] = [];
  const refuse = (error: CsvError) => errors.push(error);
  const rows = readCsvTable(text, file, columns).map((row) => seedRow(row, refuse));
  if (rows.length === 0) refuse({ line: 1, field: 'row', value: 'none', rule: 'must have at least one row' });
  const result = check(rows, refuse);
  throwCsvErrors(
    file,
    errors.toSorted((left, right) => left.line - right.line),
  );
  return result;
}

/** @throws MeritloopError FILE_MISSING */
export async function readSeed(seedsDir: string, file: string): Promise<string> {
  const place = path.join(seedsDir, file);
  return readFile(place, 'utf8').catch((error: unknown) => {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT')
      throw failure('FILE_MISSING', { source: file, path: place }, error);
    throw error;
  });
}

function seedRow({ line, cell }: CsvRow, keep: (error: CsvError) => void): SeedRow {
  const refuse = (field: string, rule: string) => keep({ line, field, value: cell(field), rule });
  const number = (column: string, low: number, high: number, what = 'a number', only = DECIMAL): number => {
    const value = only.test(cell(column)) ? Number(cell(column)) : Number.NaN;
    if (value >= low && value <= high) return value;
    refuse(column, `must be ${what} from ${low} to ${high}`);
    return Number.NaN;
  };
  return {
    line,
    text: cell,
    number: (column, low, high) => number(column, low, high),
    whole: (column, low, high) => number(column, low, high, 'a whole number', /^-?\d+$/),
    refuse,
  };
}
