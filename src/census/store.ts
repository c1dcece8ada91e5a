/** The stored form of a census: `<home>/inputs/<sha256>/` with its source, sorted rows and what is known of them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { storedCensus, type CensusValidation, type StoredCensus } from './census.contract.js';
import { failure } from '../shared/errors/errors.js';
import { isMissingFile, readText } from '../shared/files/durable.js';
import { inspectFolder, type Damage } from '../shared/files/sealed-folder.js';
import { queryRows, sqlText } from './database.js';

/** Where an imported census lives. */
export const censusFolder = (home: string, sha256: string): string => path.join(home, 'inputs', sha256);

/**
 * The verbatim copy that a stored census was read from, relative to the home.
 * @throws MeritloopError CENSUS_UNKNOWN
 */
export async function storedSource(home: string, sha256: string): Promise<string> {
  const source = await sourceIn(censusFolder(home, sha256));
  if (source === undefined) throw failure('CENSUS_UNKNOWN', { census: sha256 });
  return path.relative(home, source);
}

/** The copy in a census's folder; undefined where there is none. */
export async function sourceIn(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  const source = names.find((name) => name.startsWith('source.'));
  return source === undefined ? undefined : path.join(folder, source);
}

/** Writes census.parquet and census.json of the checked table `typed` into `work`, flushed to disk. */
export async function writeCensus(
  connection: DuckDBConnection,
  work: string,
  checked: CensusValidation,
): Promise<void> {
  const file = path.join(work, 'census.parquet');
  await connection.run(
    `copy (select employee_id, birth_date, hire_date, termination_date,
       annual_salary, job_level from typed order by employee_id)
     to ${sqlText(file)} (format parquet, compression zstd, row_group_size 122880)`,
  );
  const stored: StoredCensus = {
    rows: checked.rows,
    active: checked.active,
    fingerprint: await rowsFingerprint(connection),
    notices: [...checked.notices],
  };
  await writeFile(path.join(work, 'census.json'), `${JSON.stringify(stored, null, 2)}\n`, { flush: true });
  const handle = await open(file);
  await handle.sync();
  await handle.close();
}

/** Sums of the halves of each row's md5: the same for the same rows in any order. */
async function rowsFingerprint(connection: DuckDBConnection): Promise<string> {
  // The id comes last: it alone may hold a bar.
  const text = `concat_ws('|', birth_date, hire_date, coalesce(termination_date::varchar, ''), annual_salary,
    coalesce(job_level::varchar, ''), employee_id)`;
  const [sums = {}] = await queryRows(
    connection,
    `select count(*) as rows, sum(md5_number_upper(text)::hugeint)::varchar as upper,
       sum(md5_number_lower(text)::hugeint)::varchar as lower from (select ${text} as text from typed)`,
  );
  const { rows, upper, lower } = sums;
  return createHash('sha256')
    .update(`${String(rows)}|${String(upper)}|${String(lower)}`)
    .digest('hex');
}

/**
 * Null when this census was never imported.
 * @throws MeritloopError STORED_FILE_DAMAGED naming the file that is not as it was imported
 */
export async function readStored(folder: string): Promise<StoredCensus | null> {
  const found = await inspectStored(folder);
  if (found === null || 'stored' in found) return found === null ? null : found.stored;
  const { path: file, detail } = found.damage;
  throw failure('STORED_FILE_DAMAGED', { path: file, detail, remove: folder });
}

export type StoredState = { readonly stored: StoredCensus } | { readonly damage: Damage };

/** Compares every byte with the seal; null when this census was never imported. */
export async function inspectStored(folder: string): Promise<StoredState | null> {
  const { sealed, damage } = await inspectFolder(folder);
  if (damage !== undefined) return { damage };
  const file = path.join(folder, 'census.json');
  const text = await readText(file);
  if (text === null && !sealed && !existsSync(path.join(folder, 'census.parquet'))) return null;
  const missing = ['census.json', 'census.parquet'].find((name) => !existsSync(path.join(folder, name)));
  if (missing !== undefined) return { damage: { path: path.join(folder, missing), detail: 'it is missing' } };
  try {
    return { stored: storedCensus.parse(JSON.parse(text ?? '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    return { damage: { path: file, detail: error.message } };
  }
}

/** A folder of that name has the same content: another import was first. */
export async function renameOnce(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (
      types.isNativeError(error) &&
      'code' in error &&
      (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')
    )
      return;
    throw error;
  });
}
