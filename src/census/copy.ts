/** A private copy of a census file, hashed on the way, that lives as long as the work on it. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { types } from 'node:util';
import { isoDate } from './census.contract.js';
import { failure } from '../shared/errors/errors.js';
import { throwIfCancelled } from './database.js';
import { censusFormat, type CensusSource } from './source.js';

export interface CensusFile {
  /** CSV or Parquet. */
  readonly file: string;
  /** ISO date; December 31 before the first plan year. */
  readonly baselineDate: string;
  /** Highest job level of the plan; default: the highest that any plan may have. */
  readonly topLevel?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Copies and hashes the file in one pass, so that an edit meanwhile changes nothing. */
export async function withCopy<Result>(
  { file, baselineDate, signal }: CensusFile,
  parent: string,
  use: (source: CensusSource, work: string, sha256: string) => Promise<Result>,
): Promise<Result> {
  if (!isoDate.safeParse(baselineDate).success)
    throw failure('REQUEST_INVALID', {
      source: 'census',
      field: 'baseline_date',
      value: baselineDate,
      rule: 'must be a date like 2024-12-31',
    });
  await requireFile(file);
  const work = path.join(parent, `.partial-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    const copy = path.join(work, 'source');
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(createReadStream(file), hashing, createWriteStream(copy, { flush: true }));
    throwIfCancelled(signal, 'the copy of the census');
    const name = path.basename(file);
    const format = await censusFormat(copy, name);
    const named = `${copy}.${format}`;
    await rename(copy, named);
    return await use({ path: named, format, name }, work, hash.digest('hex'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) throw failure('FILE_MISSING', { source: 'census', path: file });
  if (!found.isFile())
    throw failure('FILE_UNREADABLE', { source: 'census', path: file, reason: 'it is not a file' });
}
