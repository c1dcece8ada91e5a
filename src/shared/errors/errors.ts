/** The one error table: stable code, what happened, the values concerned, the next step, and how each surface shows it. */
import { API_ERRORS } from './api-errors.js';
import { COMPANY_ERRORS } from './company-errors.js';
import { ENVIRONMENT_ERRORS } from './environment-errors.js';
import type { ErrorEntry, ErrorFields, ExitCode } from './entry.js';
import { GRAPH_ERRORS } from './graph-errors.js';
import { INPUT_ERRORS } from './input-errors.js';
import { RUN_ERRORS } from './run-errors.js';

export type { ErrorFields } from './entry.js';

export const ERRORS = {
  ...API_ERRORS,
  ...COMPANY_ERRORS,
  ...INPUT_ERRORS,
  ...GRAPH_ERRORS,
  ...ENVIRONMENT_ERRORS,
  ...RUN_ERRORS,
};

export type ErrorCode = keyof typeof ERRORS;
type FieldsOf<Code extends ErrorCode> = Parameters<(typeof ERRORS)[Code]['message']>[0];

/** Any failure that meritloop explains: `code` is stable, `message` says what happened, `hint` what to do next. */
export class MeritloopError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly fields: ErrorFields;

  constructor(code: ErrorCode, message: string, hint: string, fields: ErrorFields, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MeritloopError';
    this.code = code;
    this.hint = hint;
    this.fields = fields;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** Makes the error of `code`; `cause` keeps the original. */
export function failure<Code extends ErrorCode>(
  code: Code,
  fields: FieldsOf<Code>,
  cause?: unknown,
): MeritloopError {
  // Each entry's functions take the fields of its own code; the union of all entries hides that from the compiler.
  const entry = ERRORS[code] as unknown as ErrorEntry<FieldsOf<Code>>;
  return new MeritloopError(code, entry.message(fields), entry.hint(fields), fields, cause);
}

/** What stands in the details of a failure, in a failed run's result and in the API's problem documents. */
export interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly fields: ErrorFields;
}

export const explain = ({ code, message, hint, fields }: MeritloopError): Explanation => ({
  code,
  message,
  hint,
  fields,
});
