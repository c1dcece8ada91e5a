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
import type { CensusAnswers } from './intake/answers.contract.js';
import type { LevelRange } from './plausibility.js';
import { openFile } from './intake/open-file.js';
import type { CensusSource } from './census-source.js';

/** How a census is checked. */
export interface CheckOptions {
  /** ISO date; December 31 before the first plan year. */
  readonly baselineDate: string;
  /** Highest job level of the plan; default: the highest that any plan may have. */
  readonly topLevel?: number | undefined;
  /** What somebody said of the file. */
  readonly answers?: CensusAnswers | undefined;
  /** Pay of the plan's levels, for what is allowed but hardly right. */
  readonly ranges?: readonly LevelRange[] | undefined;
  /** `named`: levels are words of the file's own, which get their numbers later. */
  readonly levels?: 'numbered' | 'named';
  /** True: columns to break results down by are kept. */
  readonly segments?: boolean;
}

export interface CensusFile extends CheckOptions {
  /** Text, workbook or Parquet, also packed by gzip. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

/** Copies and hashes the file in one pass, so that an edit meanwhile changes nothing. */
export async function withCopy<Result>(
  { file, baselineDate, answers, signal }: CensusFile,
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
    const opened = await openFile(copy, name, answers);
    const named = `${copy}.${extensionOf(name, opened.format)}`;
    await rename(copy, named);
    const source = { ...opened, path: opened.path === copy ? named : opened.path, name };
    return await use(source, work, hash.digest('hex'));
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

/** The copy is kept as it came; what it was unpacked to is not. */
const extensionOf = (name: string, format: CensusSource['format']): string =>
  /\.(xlsx|gz)$/i.exec(name)?.[1]?.toLowerCase() ?? format;
