/** Explains what stopped an engine: names the step, and the cause where DuckDB tells it. */
import { types } from 'node:util';
import { failure, MeritloopError } from '../errors.js';

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text;

/** @param step the model and year, or the stage, at work when it failed. */
export function explainEngineFailure(engine: string, step: string, error: unknown): MeritloopError {
  if (error instanceof MeritloopError) return error;
  const detail = types.isNativeError(error) ? firstLine(error.message) : String(error);
  return failure('ENGINE_FAILED', { engine, step, detail }, error);
}
