/** Every migration, in the order of its name. A released one is never edited: add the next. */
import type { Migration } from 'kysely';
import type { DatabaseKind } from '../database.js';
import { eventLog } from './0001-event-log.js';

export const migrationsOf = (kind: DatabaseKind): Record<string, Migration> => ({
  '0001-event-log': eventLog(kind),
});
