/** Any failure as a problem document (RFC 9457): code, what happened, value, rule and hint of the one error table. */
import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import type { BrokenField, LeverConflict, Problem } from './common.contract.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { environmentFailure } from '../shared/errors/explain.js';
import { toMeritloopError } from '../temporal/failures.js';
import { own } from '../shared/own.terms.js';

export const PROBLEM_TYPE = 'application/problem+json';

export interface ProblemDetails {
  readonly errors?: readonly BrokenField[];
  readonly conflict?: LeverConflict | null;
}

export function problemOf(
  error: MeritloopError,
  instance: string,
  { errors = [], conflict = null }: ProblemDetails = {},
): Problem {
  const { code, message, hint, fields, status } = error;
  const text = (name: string): string | null => {
    const value = own(fields, name);
    return value === undefined || value === null || Array.isArray(value) ? null : String(value);
  };
  return {
    type: `urn:meritloop:error:${code}`,
    title: titleOf(code, status),
    status,
    detail: message,
    instance,
    code,
    hint,
    field: text('field'),
    value: text('value'),
    rule: text('rule'),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, isList(value) ? [...value] : value]),
    ),
    errors: [...errors],
    conflict,
  };
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** `Levers moved`; the words of HTTP where the code says less. */
const titleOf = (code: string, status: number): string =>
  code === 'UNEXPECTED'
    ? (STATUS_CODES[status] ?? 'Error')
    : `${code.slice(0, 1)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}`;

/** The error table's entry for whatever was thrown. @param step names the request, for faults of the surroundings */
export function explained(error: unknown, step: string): MeritloopError {
  if (error instanceof MeritloopError) return error;
  if (error instanceof HTTPException)
    return error.status === 413
      ? failure('BODY_TOO_LARGE', { limit: 'the limit of this route' }, error)
      : failure('BODY_UNREADABLE', { reason: error.message }, error);
  const known = toMeritloopError(error);
  return known.code === 'UNEXPECTED' ? (environmentFailure(error, step) ?? known) : known;
}
