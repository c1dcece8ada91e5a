/** Finished years on disk: one Parquet file per model and year, named by its fingerprint, whole or absent. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { literal, type Database } from '../engine/database.js';

export interface Checkpoints {
  /** The file of a finished year, if there is one. */
  find(fingerprint: string): Promise<string | undefined>;
  remove(file: string): Promise<void>;
  /** Writes what `sql` returns; another run may write the same file at the same time. */
  save(fingerprint: string, database: Database, sql: string): Promise<void>;
}

/** @param folder `<home>/checkpoints`. */
export function createCheckpoints(folder: string): Checkpoints {
  const fileOf = (fingerprint: string) => path.join(folder, `${fingerprint}.parquet`);
  return {
    async find(fingerprint) {
      const file = fileOf(fingerprint);
      try {
        // In use again: `gc` goes by age.
        await utimes(file, new Date(), new Date());
        return file;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (file) => rm(file, { force: true }),
    async save(fingerprint, database, sql) {
      await mkdir(folder, { recursive: true });
      const draft = path.join(folder, `.${fingerprint}.${randomUUID()}`);
      try {
        await database.run(`copy (${sql}) to ${literal(draft)} (format parquet)`);
        await rename(draft, fileOf(fingerprint));
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}
