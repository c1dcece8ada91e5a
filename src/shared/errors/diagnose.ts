/** Reads what the system, DuckDB or dbt says went wrong and names the code of the error table for it. Pure: words in, code out. */

/** What is known of a failure: the system's code where there is one, and its words. */
export interface Symptom {
  readonly code?: string | undefined;
  readonly message: string;
  readonly path?: string | undefined;
}

export type Diagnosis =
  | {
      readonly code: 'DATABASE_LOCKED';
      readonly path: string;
      /** Null where the system does not tell. */
      readonly pid: number | null;
      readonly program: string | null;
    }
  | {
      readonly code: 'DISK_FULL' | 'FILE_SYSTEM' | 'STORED_FILE_DAMAGED';
      /** Null where the words name no file. */
      readonly path: string | null;
    }
  | { readonly code: 'OUT_OF_MEMORY' };

const LOCK = /Could not set lock on file "([^"]+)"/;
const HOLDER = /Conflicting lock is held in (?:(.+?) \(PID (\d+)\)|PID (\d+))/;

const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** DuckDB calls a disk that is too full to spill to an out-of-memory error, so this is asked before memory. */
const FULL_WORDS = /No space left on device|Disk quota exceeded|max_temp_directory_size/i;

const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'EMFILE', 'ENFILE', 'EIO']);
const REFUSED_WORDS =
  /Permission denied|Read-only file system|Too many open files|no such file or directory, mkdir|Input\/output error/i;

const MEMORY_WORDS = /\bOut of Memory\b|std::bad_alloc|\bMemoryError\b|Cannot allocate memory/i;

const DAMAGED_WORDS =
  /No magic bytes found|too small to be a Parquet file|not a Parquet file|Invalid Parquet|TProtocolException|bytes outside file|ZSTD Decompression|Snappy decompression|Footer length error|file is corrupt/i;

/** A path as DuckDB and Python write it, nearly always in quotes. */
const NAMED_PATH = /["'](\/[^"']+)["']|outside file: (\/[^,]+),/;

/** Undefined where the words fit no known fault of the surroundings. */
export function diagnose({ code = '', message, path }: Symptom): Diagnosis | undefined {
  const [, quoted, bare] = NAMED_PATH.exec(message) ?? [];
  const file = path ?? quoted ?? bare ?? null;
  const locked = LOCK.exec(message)?.[1];
  if (locked !== undefined) return { code: 'DATABASE_LOCKED', path: locked, ...holderIn(message) };
  if (FULL.has(code) || FULL_WORDS.test(message)) return { code: 'DISK_FULL', path: file };
  if (REFUSED.has(code) || REFUSED_WORDS.test(message)) return { code: 'FILE_SYSTEM', path: file };
  if (code === 'ENOMEM' || MEMORY_WORDS.test(message)) return { code: 'OUT_OF_MEMORY' };
  if (DAMAGED_WORDS.test(message)) return { code: 'STORED_FILE_DAMAGED', path: file };
  return undefined;
}

function holderIn(message: string): { readonly pid: number | null; readonly program: string | null } {
  const [, program, pid, bare] = HOLDER.exec(message) ?? [];
  const number = pid ?? bare;
  return {
    pid: number === undefined ? null : Number(number),
    program: program?.split('/').at(-1) ?? null,
  };
}
