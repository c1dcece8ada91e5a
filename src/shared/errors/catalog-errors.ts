/** The error table's faults of the catalog's database: exit 6. */
import { environment } from './entry.js';
import { shellWord } from './shell-word.js';

type CatalogFault = {
  /** A file, or host, port and database; without a password. */
  readonly place: string;
  readonly database: 'sqlite' | 'postgresql';
  readonly detail: string;
};

export const CATALOG_ERRORS = {
  CATALOG_BUSY: environment(
    ({ place, detail }: { place: string; detail: string }) =>
      `the catalog (${place}) was locked by another writer for 30 s: ${detail}`,
    () => 'End the program that holds it open in a transaction, then run the same command again.',
    true,
  ),
  CATALOG_UNREACHABLE: environment(
    ({ place, detail }: CatalogFault) => `the catalog (${place}) cannot be opened: ${detail}`,
    ({ database, place }) =>
      database === 'postgresql'
        ? 'Check that the server runs and that address, user, password, database and rights in MERITLOOP_CATALOG_URL are right; then run the same command again.'
        : `Correct the permissions of ${shellWord(place)} and its folder, or choose another --home; then run the same command again.`,
    true,
  ),
  CATALOG_DAMAGED: environment(
    ({ place, detail }: CatalogFault) => `the catalog (${place}) is damaged: ${detail}`,
    ({ database, place }) =>
      database === 'postgresql'
        ? 'Restore the database from a backup.'
        : `Restore ${shellWord(place)} from a backup, or move it away and run the same command again: a new one is made, runs and simulations are kept, the history of assets is not.`,
  ),
  CATALOG_NEWER: environment(
    ({ place, migration }: { place: string; migration: string }) =>
      `the catalog (${place}) was changed by a newer meritloop (${migration})`,
    () => 'Use that release, or another --home or MERITLOOP_CATALOG_URL.',
  ),
};
