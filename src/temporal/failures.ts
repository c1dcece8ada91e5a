/** Carries an explained error through Temporal and back: the failure's type is the code, its details hold the rest. Bundle-safe. */
import { ApplicationFailure, TemporalFailure, TimeoutFailure } from '@temporalio/common';
import { ERRORS, explain, failure, MeritloopError, type Explanation } from '../shared/errors/errors.js';

/**
 * Retryable exactly when the error table says that trying again can help.
 * @param isLast true: it has been tried often enough
 * @param retryAfterMs instead of the activity's own interval
 */
export function toApplicationFailure(
  error: MeritloopError,
  { isLast = false, retryAfterMs }: { readonly isLast?: boolean; readonly retryAfterMs?: number } = {},
): ApplicationFailure {
  const converted = ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: isLast || !error.retryable,
    details: [explain(error)],
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    ...(error.cause instanceof Error ? { cause: error.cause } : {}),
  });
  // Where it began, not where it was converted.
  if (error.stack !== undefined) converted.stack = error.stack;
  return converted;
}

/** Finds the explanation in a failure's chain of causes; anything unexplained becomes UNEXPECTED with its own words. */
export function toMeritloopError(error: unknown): MeritloopError {
  let innermost = error;
  for (let link = error; link !== undefined && link !== null; link = (link as { cause?: unknown }).cause) {
    if (link instanceof MeritloopError) return link;
    if (link instanceof ApplicationFailure && isExplanation(link.details?.[0])) {
      const { code, message, hint, fields } = link.details[0];
      return new MeritloopError(code, message, hint, fields, error);
    }
    innermost = link;
  }
  if (innermost instanceof TimeoutFailure) {
    const limit = innermost.timeoutType ?? 'time';
    return failure(
      'TIMED_OUT',
      { what: "the workflow's activity", limit: `${limit}: ${innermost.message}` },
      error,
    );
  }
  return failure('UNEXPECTED', { detail: describe(innermost) }, error);
}

const isExplanation = (value: unknown): value is Explanation =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  Object.hasOwn(ERRORS, value.code);

const describe = (error: unknown): string =>
  error instanceof TemporalFailure || (typeof error === 'object' && error !== null && 'message' in error)
    ? String(error.message)
    : String(error);
