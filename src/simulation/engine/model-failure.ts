/** Names the model and the line when DuckDB refuses a model's SQL. */
import { failure } from '../../shared/errors/errors.js';
import type { PlanModel } from '../model/plan.js';

/** What DuckDB says of SQL that it cannot understand, before it reads a row. */
const REFUSED = /^(Parser|Binder|Catalog) Error: ([^\n]*)/;
const SQL_LINE = /^LINE (\d+):/m;

/** MODEL_INVALID for SQL that was refused; any other error as it is. */
export function explainModelFailure(
  { name, file }: Pick<PlanModel, 'name' | 'file'>,
  error: unknown,
): unknown {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const [, kind, words = ''] = REFUSED.exec(message) ?? [];
  if (kind === undefined) return error;
  const line = SQL_LINE.exec(message)?.[1];
  return failure(
    'MODEL_INVALID',
    {
      model: name,
      file,
      line: line === undefined ? null : Number(line),
      compiled: true,
      detail: `${kind} Error: ${words}`,
    },
    error,
  );
}
