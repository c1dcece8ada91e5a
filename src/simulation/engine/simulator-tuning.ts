/** How a simulator uses the machine; every default suits a laptop. */
import type { DatabaseOptions } from './database.js';

export interface SimulatorTuning {
  /** Databases kept warm; each holds one company's years in memory. */
  readonly warmDatabases?: number;
  /** Databases beyond those are closed when nobody has used them for so long. */
  readonly idleMs?: number;
  /** A simulated year that took longer becomes a checkpoint on disk. */
  readonly checkpointAfterMs?: number;
  /** DuckDB's limit for each database in this process, such as `4GB`. */
  readonly memoryLimit?: string;
  /** dbt is ended after so many seconds without a sign of progress. */
  readonly dbtSilenceSeconds?: number;
  /** See {@link DatabaseOptions}. */
  readonly beforeStatement?: DatabaseOptions['beforeStatement'];
}
