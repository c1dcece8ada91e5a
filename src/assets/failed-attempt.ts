/** What comes after an attempt at a batch that failed: its assets say how often, and at which intervals, it is tried. */
import { types } from 'node:util';
import { environmentFailure } from '../shared/errors/explain.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import type { Retry } from './graph/asset.js';

export interface AfterAttempt {
  readonly explained: MeritloopError;
  /** Null: it is not tried again. */
  readonly retryAfterMs: number | null;
}

/** @param failures this one included */
export function afterAttempt(
  error: unknown,
  { attempts, initialSeconds, backoff }: Retry,
  failures: number,
): AfterAttempt {
  const explained =
    environmentFailure(error, 'materializeBatch') ?? failure('UNEXPECTED', { detail: wordsOf(error) }, error);
  const isLast = failures >= attempts || !explained.retryable;
  return { explained, retryAfterMs: isLast ? null : initialSeconds * 1000 * backoff ** (failures - 1) };
}

const wordsOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));
