/** A census file that was opened: text or Parquet, whatever it came in. */
import type { IntakeNotice } from './intake/answers.contract.js';

export interface CensusSource {
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  /** The caller's name of the file, as errors show it. */
  readonly name: string;
  /** What opening it told. */
  readonly notices: readonly IntakeNotice[];
}
