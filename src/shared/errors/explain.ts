/** Turns what the system, DuckDB or dbt threw into the error table's own words, with the command that goes on from there. */
import { failure, MeritloopError } from './errors.js';
import { diagnose, type Diagnosis, type Symptom } from './diagnose.js';

/** A fault of the surroundings, explained; undefined where the error is none. @param step what was at work. */
export function environmentFailure(error: unknown, step: string): MeritloopError | undefined {
  if (error instanceof MeritloopError) return error;
  const symptom = symptomOf(error);
  const diagnosis = symptom === undefined ? undefined : diagnose(symptom);
  if (symptom === undefined || diagnosis === undefined) return undefined;
  return explain(diagnosis, firstLine(symptom.message), step, error);
}

/** As {@link environmentFailure}, from the words of a subprocess. */
export function environmentFailureIn(output: string, step: string): MeritloopError | undefined {
  const telling = output.split('\n').find((line) => diagnose({ message: line }) !== undefined);
  return telling === undefined ? undefined : environmentFailure({ message: telling.trim() }, step);
}

function explain(diagnosis: Diagnosis, detail: string, step: string, cause: unknown): MeritloopError {
  switch (diagnosis.code) {
    case 'DATABASE_LOCKED': {
      const { path, pid, program } = diagnosis;
      return failure('DATABASE_LOCKED', { path, pid, holder: holderText(pid, program) }, cause);
    }
    case 'DISK_FULL':
      return failure('DISK_FULL', { path: diagnosis.path ?? 'the disk', step, detail }, cause);
    case 'FILE_SYSTEM':
      return failure('FILE_SYSTEM', { path: diagnosis.path ?? 'the disk', reason: detail }, cause);
    case 'OUT_OF_MEMORY':
      return failure('OUT_OF_MEMORY', { step, detail }, cause);
    case 'STORED_FILE_DAMAGED': {
      const { path } = diagnosis;
      return path === null
        ? failure('STORED_FILE_DAMAGED', { path: 'a stored file', detail, remove: null }, cause)
        : failure('STORED_FILE_DAMAGED', { path, detail, remove: wholeOf(path) }, cause);
    }
  }
}

const holderText = (pid: number | null, program: string | null): string =>
  pid === null ? 'another program' : `${program ?? 'a program'} (pid ${pid})`;

/** A folder named by a fingerprint is made anew only as a whole. */
export function wholeOf(file: string): string {
  const parts = file.split('/');
  return /^[0-9a-f]{32,64}$/.test(parts.at(-2) ?? '') ? parts.slice(0, -1).join('/') : file;
}

/** Duck-typed: errors of Node's core and of DuckDB may come from another realm. */
function symptomOf(error: unknown): Symptom | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return {
    message: String(error.message),
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    path: 'path' in error && typeof error.path === 'string' ? error.path : undefined,
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
