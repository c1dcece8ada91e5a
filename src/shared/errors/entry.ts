/** What the error table holds for each code, and the two commonest kinds of it. */

/** 1 unexpected, 2 bad input, 3 not converged, 4 infeasible, 5 cancelled, 6 environment. */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 6;

export type ErrorFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface ErrorEntry<Fields extends ErrorFields> {
  readonly exit: ExitCode;
  /** HTTP status of the API's problem document. */
  readonly status: number;
  /** True where trying again without a change can help: a lock, a lost server, a killed subprocess. */
  readonly retryable: boolean;
  readonly message: (fields: Fields) => string;
  readonly hint: (fields: Fields) => string;
}

export const badInput = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
  status = 422,
): ErrorEntry<Fields> => ({ exit: 2, status, retryable: false, message, hint });

/** Something that is named and is not there. */
export const notFound = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
): ErrorEntry<Fields> => badInput(message, hint, 404);

/** What stands there does not allow it. */
export const conflict = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
): ErrorEntry<Fields> => badInput(message, hint, 409);

export const environment = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
  retryable = false,
): ErrorEntry<Fields> => ({ exit: 6, status: 503, retryable, message, hint });
