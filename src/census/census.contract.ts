/** The census: its columns, what an import says about it, and the stored form (docs/reference/inputs.md). */
import { z } from 'zod';
import type { CensusAnswers, IntakeNotice, IntakeQuestion } from './intake/answers.contract.js';

/** Columns that are read; every other column is ignored. No name or social-security number is among them. */
export const CENSUS_COLUMNS = [
  'employee_id',
  'birth_date',
  'hire_date',
  'termination_date',
  'annual_salary',
  'job_level',
] as const;
export type CensusColumn = (typeof CENSUS_COLUMNS)[number];

export const isoDate = z.iso.date();

/** `<home>/inputs/<sha256>/census.json`: what is known of a stored census without reading its rows. */
export const storedCensus = z.object({
  rows: z.int().min(1),
  /** Employees without a termination date: the baseline. */
  active: z.int().min(1),
  /** Made of the rows alone: not of their order, the file's format, its other columns or the writing of numbers. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  notices: z.array(z.string()),
});
export type StoredCensus = z.infer<typeof storedCensus>;

/** What an import returns: a reference, counts and notices, never a row. */
export interface CensusImport extends StoredCensus {
  /** Hash of the file's bytes; names `<home>/inputs/<sha256>/`. */
  readonly sha256: string;
}

/** One kind of error in a census, with where it was first met. */
export interface CensusProblem {
  readonly field: string;
  readonly rule: string;
  readonly count: number;
  /**
   * At most the first twenty, in file order. `line` is the physical line of a CSV, the row of a Parquet file; `also`
   * is where a doubled id stands first.
   */
  readonly examples: readonly { readonly line: number; readonly value: string; readonly also?: number }[];
}

export interface CensusValidation {
  readonly source: string;
  readonly unit: 'line' | 'row';
  readonly rows: number;
  readonly active: number;
  /** Empty when the census may be imported. */
  readonly problems: readonly CensusProblem[];
  readonly notices: readonly string[];
  /** The same with codes and lines, but for what every file has. */
  readonly findings: readonly IntakeNotice[];
  /** What the file leaves open; while there is one it is not imported. */
  readonly questions: readonly IntakeQuestion[];
  /** Answers by which a file of the same make is read without a question. */
  readonly mapping: CensusAnswers;
  /** ISO 4217; null where the file does not say. */
  readonly currency: string | null;
  /** What stands above the header. */
  readonly above: readonly string[];
}
