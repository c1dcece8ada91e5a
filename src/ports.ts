/** What activities need from the rooms, passed in so that a worker decides what they work on. */
import type { AssetHost } from './assets/host.js';
import type { Catalog } from './assets/catalog/catalog.js';
import type { Config } from './config.js';
import type { LeverRow } from './levers/lever.contract.js';
import type { LeverMoveRecord } from './levers/lever-store.contract.js';
import type { LeverMove } from './levers/store.js';
import type { Logger } from './shared/log.js';
import type { Simulator } from './simulation/simulator.js';
import type { RunStore } from './runs/run-store.js';

/** The lever store as the activities see it. */
export interface LeverSets {
  /** Stores a set. Returns its fingerprint; the same rows give the same one. */
  save(rows: readonly LeverRow[]): Promise<string>;
  load(fingerprint: string): Promise<LeverRow[]>;
  /** Fingerprint that the scenario's pointer shows. */
  current(scenario: string): Promise<string>;
  /** Reads a file of the user's and stores it. @throws FILE_MISSING, ROW_INVALID, … */
  importFile(file: string): Promise<string>;
  /** Moves the pointer from `expected`. Doing it twice is no error: the second gives null. @throws LEVERS_MOVED when it shows another set */
  publish(move: LeverMove): Promise<LeverMoveRecord | null>;
}

export interface ImportedCensus {
  readonly sha256: string;
  readonly notices: readonly string[];
}

export interface WorkforceSettings {
  readonly start_year: number;
  readonly end_year: number;
  readonly random_seed: number;
  /** Settings that stand under an old name. */
  readonly notices?: readonly string[];
}

export interface ActivityDependencies {
  readonly config: Config;
  readonly simulator: Simulator;
  readonly levers: LeverSets;
  readonly runs: RunStore;
  readonly catalog: Catalog;
  /** The asset graph to serve; default: this product's. */
  readonly assets?: AssetHost;
  /** Checks a census and copies it into the home. `undefined` means the sample. @throws FILE_MISSING, ROW_INVALID, … */
  readonly importCensus: (
    file: string | undefined,
    baselineDate: string,
    signal: AbortSignal,
  ) => Promise<ImportedCensus>;
  /** As they are now, with the company's version where it has one. */
  readonly settings: () => Promise<WorkforceSettings & { readonly company_version?: number }>;
  readonly logger: Logger;
}
