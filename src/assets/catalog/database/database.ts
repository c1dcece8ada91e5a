/** What the two databases have in common, and how each differs. */
import type { CatalogConnection, CatalogTransaction } from './tables.js';

export type DatabaseKind = 'sqlite' | 'postgresql';

/**
 * `busy`: another writer holds the lock; `lost`: the connection broke, a new one may do; the rest stays as it is until
 * someone mends it.
 */
export type Fault = 'busy' | 'lost' | 'unreachable' | 'damaged' | 'full';

export interface CatalogDatabase {
  readonly kind: DatabaseKind;
  /** For messages: a file, or host, port and database; never a password. */
  readonly place: string;
  readonly connection: CatalogConnection;
  /** Begins a transaction by hand, alone among the writers as with `takeTurn`. */
  readonly begin: (session: CatalogConnection) => Promise<void>;
  /** Lets one writer in at a time until the transaction ends, so that sequences ascend in the order of commits. */
  readonly takeTurn: (transaction: CatalogTransaction) => Promise<void>;
  /** Gives freed space back where the database does not do so by itself. */
  readonly tidy: () => Promise<void>;
  /** Undefined: not the database's doing. */
  readonly faultOf: (error: unknown) => Fault | undefined;
}

/** The code of a driver's error: `SQLITE_BUSY`, `40001`, `ECONNREFUSED`. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
