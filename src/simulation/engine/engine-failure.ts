/** Explains what stopped an engine, and tells whether the other engine could do better. */
import { types } from 'node:util';
import { failure, MeritloopError, type ErrorCode } from '../../shared/errors/errors.js';
import { environmentFailure } from '../../shared/errors/explain.js';

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text;

/** @param step the model and year, or the stage, at work when it failed. */
export function explainEngineFailure(engine: string, step: string, error: unknown): MeritloopError {
  const explained = environmentFailure(error, `${engine} engine, ${step}`);
  if (explained !== undefined) return explained;
  const detail = types.isNativeError(error) ? firstLine(error.message) : String(error);
  return failure('ENGINE_FAILED', { engine, step, detail }, error);
}

/** Why dbt would meet the same fault; both engines share the models and the home folder. */
const SHARED: Partial<Record<ErrorCode, string>> = {
  DISK_FULL: 'it writes to the same disk',
  FILE_SYSTEM: 'it writes to the same home',
  MODEL_INVALID: 'it runs the same model',
  STORED_FILE_DAMAGED: 'it reads the same file',
};

/** Faults of one engine: the other has a database and memory of its own. */
const OWN: ReadonlySet<ErrorCode> = new Set(['ENGINE_FAILED', 'OUT_OF_MEMORY', 'DATABASE_LOCKED']);

/** Whether dbt may stand in for the plan engine after `error`. */
export const canStandIn = ({ code }: MeritloopError): boolean => OWN.has(code);

/** The same error, saying why dbt was not tried where that is not plain from the error itself. */
export function withoutSecondEngine(error: MeritloopError): MeritloopError {
  const reason = SHARED[error.code];
  if (reason === undefined) return error;
  const hint = `${error.hint} The dbt engine was not tried: ${reason}.`;
  return new MeritloopError(
    error.code,
    error.message,
    hint,
    { ...error.fields, second_engine: 'not tried' },
    error,
  );
}

/** One error for two failures. @param commands to run by hand, ready to paste. */
export function bothEnginesFailed(
  plan: MeritloopError,
  dbt: MeritloopError,
  commands: readonly string[],
): MeritloopError {
  return failure(
    'BOTH_ENGINES_FAILED',
    {
      plan_code: plan.code,
      plan: plan.message,
      plan_hint: plan.hint,
      dbt_code: dbt.code,
      dbt: dbt.message,
      dbt_hint: dbt.hint,
      commands,
    },
    dbt,
  );
}
