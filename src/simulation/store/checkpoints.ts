/** Finished years on disk: one Parquet file per model and year, named by its fingerprint, whole or absent. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { inspectSeal, writeSeal } from '../../shared/files/sealed-folder.js';
import { setAside } from '../../shared/files/set-aside.js';
import { literal, type Database } from '../engine/database.js';

export interface Checkpoints {
  /** The file of a finished year, if there is a whole one; a damaged one is put aside, and told. */
  find(fingerprint: string, onDamaged: (file: string) => void): Promise<string | undefined>;
  /** Puts it out of the way. */
  discard(file: string): Promise<void>;
  /** Writes what `sql` returns; another run may write the same file at the same time. */
  save(fingerprint: string, database: Database, sql: string): Promise<void>;
}

/** Beside each file, by its fingerprint. */
const SEAL = '.seal.json';

/** @param folder `<home>/checkpoints`. */
export function createCheckpoints(folder: string): Checkpoints {
  const fileOf = (fingerprint: string) => path.join(folder, `${fingerprint}.parquet`);
  const sealOf = (file: string) => `${file.slice(0, -path.extname(file).length)}${SEAL}`;
  const discard = async (file: string): Promise<void> => {
    await setAside(path.dirname(folder), file);
    await rm(sealOf(file), { force: true });
  };
  return {
    async find(fingerprint, onDamaged) {
      const file = fileOf(fingerprint);
      try {
        // In use again: `gc` goes by age.
        await utimes(file, new Date(), new Date());
        const { sealed, damage } = await inspectSeal(sealOf(file));
        if (sealed) await utimes(sealOf(file), new Date(), new Date());
        if (damage === undefined) return file;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      await discard(file);
      onDamaged(file);
      return undefined;
    },
    discard,
    async save(fingerprint, database, sql) {
      await mkdir(folder, { recursive: true });
      const draft = path.join(folder, `.${fingerprint}.${randomUUID()}`);
      try {
        await database.run(`copy (${sql}) to ${literal(draft)} (format parquet)`);
        // The first of several writers stays, and it alone seals: their rows are equal, the order of them is not.
        await link(draft, fileOf(fingerprint));
        await writeSeal(sealOf(fileOf(fingerprint)), [path.basename(fileOf(fingerprint))]);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}
