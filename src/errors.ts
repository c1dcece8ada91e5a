/** The one error table: stable code, what happened, the values concerned, the next step, and how each surface shows it. */

/** 1 unexpected, 2 bad input, 3 not converged, 4 infeasible, 5 cancelled, 6 environment (design.md 2). */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 6;

export type ErrorFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

interface ErrorEntry<Fields extends ErrorFields> {
  readonly exit: ExitCode;
  /** HTTP status of the API's problem document. */
  readonly status: number;
  /** True where trying again without a change can help: a lock, a lost server, a killed subprocess. */
  readonly retryable: boolean;
  readonly message: (fields: Fields) => string;
  readonly hint: (fields: Fields) => string;
}

const badInput = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
): ErrorEntry<Fields> => ({ exit: 2, status: 422, retryable: false, message, hint });

const environment = <Fields extends ErrorFields>(
  message: (fields: Fields) => string,
  hint: (fields: Fields) => string,
  retryable = false,
): ErrorEntry<Fields> => ({ exit: 6, status: 503, retryable, message, hint });

type FieldIssue = {
  readonly source: string;
  readonly field: string;
  readonly value: string;
  readonly rule: string;
};
type RowIssue = FieldIssue & {
  /** Physical line of a text file, or row of a Parquet file when `unit` says so. */
  readonly line: number;
  readonly unit?: 'line' | 'row';
  /** How many errors the file has beyond this one. */
  readonly more?: number;
  /** The first errors, one text each. */
  readonly errors?: readonly string[];
};

export const ERRORS = {
  REQUEST_INVALID: badInput(
    ({ source, field, value, rule }: FieldIssue) => `${source}: ${field} = ${value}: ${rule}`,
    () => 'Correct the value and ask again; nothing was stored.',
  ),
  COMMAND_LINE_INVALID: badInput(
    ({ command, problem }: { command: string; problem: string }) => `${command}: ${problem}`,
    ({ command }) => `See \`${command} --help\`.`,
  ),
  FILE_MISSING: badInput(
    ({ source, path }: { source: string; path: string }) => `${source}: no file at ${path}`,
    () => 'Check the path; a relative path is taken from where the command runs.',
  ),
  FILE_UNREADABLE: badInput(
    ({ source, path, reason }: { source: string; path: string; reason: string }) =>
      `${source}: ${path} cannot be read: ${reason}`,
    () => 'Export the file again as CSV or Parquet; it may be truncated or of another format.',
  ),
  COLUMN_MISSING: badInput(
    ({ source, column, columns }: { source: string; column: string; columns: readonly string[] }) =>
      `${source}: column ${column} is missing (found: ${columns.join(', ')})`,
    () => 'Add the column; docs/reference/inputs.md lists every column with its rule.',
  ),
  ROW_INVALID: badInput(
    ({ source, line, unit = 'line', field, value, rule, more = 0 }: RowIssue) =>
      `${source} ${unit} ${line}: ${field} = ${value}: ${rule}${more > 0 ? ` (and ${more} more)` : ''}`,
    () => 'Correct the row and try again; nothing was stored.',
  ),
  CENSUS_EMPTY: badInput(
    ({ source, reason }: { source: string; reason: string }) => `${source}: ${reason}`,
    () => 'Give a census with at least one employee who is there at the baseline date.',
  ),
  LEVER_SET_UNKNOWN: badInput(
    ({ fingerprint }: { fingerprint: string }) => `no lever set ${fingerprint}`,
    () => 'See `meritloop levers history` for the sets that exist.',
  ),
  LEVER_SET_CHANGED: badInput(
    ({ path }: { path: string }) => `lever set ${path} is not what was stored under its name`,
    () =>
      'Lever sets are never edited: move the file away and import its content with `meritloop levers import`.',
  ),
  SCENARIO_CYCLE: badInput(
    ({ chain }: { chain: readonly string[] }) => `scenarios inherit in a circle: ${chain.join(' -> ')}`,
    () => 'Give one of them another parent in scenarios.csv.',
  ),
  LEVER_MISSING: badInput(
    ({ scenario, key }: { scenario: string; key: string }) =>
      `no lever for ${key} in scenario ${scenario} or its parents`,
    () => 'Add rows for that year, level and parameter to the lever file.',
  ),
  SCENARIO_UNKNOWN: badInput(
    ({ scenario, known }: { scenario: string; known: readonly string[] }) =>
      `scenario ${scenario} is unknown (known: ${known.join(', ')})`,
    () => 'Use a known scenario, or add one to scenarios.csv or to the lever file.',
  ),
  NOTHING_TO_TUNE: badInput(
    ({ tune, locked }: { tune: string; locked: number }) =>
      `no unlocked lever among ${tune} (${locked} locked rows)`,
    () => 'Unlock rows, or tune other parameters with --tune.',
  ),
  NOT_SUPPORTED: badInput(
    ({ option, value, supported }: { option: string; value: string; supported: string }) =>
      `${option} ${value} is not available yet (available: ${supported})`,
    () => 'Ask without that option.',
  ),
  GROWTH_UNDEFINED: badInput(
    ({ metric, year, reason }: { metric: string; year: number; reason: string }) =>
      `${metric} growth of ${year} does not exist: ${reason}`,
    () => 'Choose other statuses or another metric: the population must have people and pay in both years.',
  ),
  RUN_UNKNOWN: badInput(
    ({ run }: { run: string }) => `no run ${run}`,
    () => 'See `meritloop runs list`.',
  ),
  SIMULATION_UNKNOWN: badInput(
    ({ simulation }: { simulation: string }) => `no stored simulation ${simulation}`,
    () => 'Run `meritloop simulate` first, or give the id that it printed.',
  ),
  CANCELLED: {
    exit: 5,
    status: 409,
    retryable: false,
    message: ({ what }: { what: string }) => `${what} was cancelled`,
    hint: () => 'What was finished is kept; start it again to go on from there.',
  },
  DBT_MISSING: environment(
    ({ path }: { path: string }) => `dbt is not at ${path}`,
    () => 'Run `npm run check` or any meritloop command in the project to install it again.',
  ),
  DBT_FAILED: environment(
    ({ step, detail }: { step: string; detail: string }) => `dbt ${step} failed: ${detail}`,
    () => 'Run `.venv/bin/dbt debug --project-dir dbt --profiles-dir dbt` to see more.',
  ),
  ENGINE_FAILED: environment(
    ({ engine, step, detail }: { engine: string; step: string; detail: string }) =>
      `the ${engine} engine failed at ${step}: ${detail}`,
    () => 'Run `meritloop doctor`, then the same command again: finished years are kept.',
  ),
  FILE_SYSTEM: environment(
    ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`,
    () =>
      'Free disk space or correct the permissions (`meritloop doctor` checks both), or choose another --home.',
    true,
  ),
  SERVER_UNREACHABLE: environment(
    ({ address, detail }: { address: string; detail: string }) =>
      `no Temporal server at ${address}: ${detail}`,
    () => 'Start one with `meritloop server`, or correct TEMPORAL_ADDRESS.',
    true,
  ),
  TEMPORAL_MISSING: environment(
    ({ path }: { path: string }) => `the Temporal server's program is not at ${path}`,
    () =>
      'Run any meritloop command in the project to install it again, or set TEMPORAL_ADDRESS to a server of your own.',
  ),
  SERVER_START_FAILED: environment(
    ({ address, detail }: { address: string; detail: string }) =>
      `the Temporal server at ${address} ended at once: ${detail}`,
    () => 'See server/server.log in the home folder; `meritloop doctor` checks ports, disk and database.',
    true,
  ),
  LOCK_HELD: environment(
    ({ path, holder }: { path: string; holder: string }) => `${path} is held by ${holder}`,
    () => 'Wait until that process has ended, or end it; a dead holder is passed over.',
    true,
  ),
  SEARCH_ATTRIBUTE_UNUSABLE: environment(
    ({ attribute, detail }: { attribute: string; detail: string }) =>
      `search attribute ${attribute}: ${detail}`,
    () =>
      'Register it with `temporal operator search-attribute create`: MeritloopScenario, MeritloopStatus, AssetKey as Keyword, MeritloopTarget as Double.',
  ),
  RUN_NOT_WAITING: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run, phase }: { run: string; phase: string }) =>
      `run ${run} waits for no decision (it is ${phase})`,
    hint: () => 'Only a converged run started with apply = after-approval waits; see `meritloop runs show`.',
  },
  OWN_REQUEST: {
    exit: 2,
    status: 403,
    retryable: false,
    message: ({ run, by }: { run: string; by: string }) =>
      `run ${run} was requested by ${by}, who cannot decide on it`,
    hint: () => 'Ask someone else to approve or reject it.',
  },
  RUN_NOT_ITERATING: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run, phase }: { run: string; phase: string }) =>
      `run ${run} makes no more iterations (it is ${phase})`,
    hint: () => 'Start a new run with more iterations; simulations made already are reused.',
  },
  LEVERS_MOVED: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ scenario, expected, found }: { scenario: string; expected: string; found: string }) =>
      `the levers of ${scenario} were changed meanwhile: expected set ${expected.slice(0, 12)}, found ${found.slice(0, 12)}`,
    hint: () =>
      'Nothing was published and nothing is lost: compare both with `meritloop levers diff`, then run again.',
  },
  RUN_FINISHED: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run }: { run: string }) => `run ${run} has finished`,
    hint: () => 'See `meritloop runs show`; start it again with --rerun.',
  },
  SCHEDULE_UNKNOWN: badInput(
    ({ schedule }: { schedule: string }) => `no schedule ${schedule}`,
    () => 'See `meritloop schedule list`.',
  ),
  SCHEDULE_EXISTS: badInput(
    ({ schedule }: { schedule: string }) => `schedule ${schedule} exists already`,
    () => 'Delete it first, or choose another name.',
  ),
  RUN_NAME_TAKEN: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run, workflow }: { run: string; workflow: string }) =>
      `run ${run} exists already, as workflow ${workflow}`,
    hint: () => 'Choose another id.',
  },
  RESULT_NOT_REPRODUCED: {
    exit: 1,
    status: 500,
    retryable: false,
    message: ({ simulation, expected, found }: { simulation: string; expected: number; found: number }) =>
      `simulating the kept levers again (${simulation}) gave ${found} % instead of ${expected} %`,
    hint: () =>
      'Nothing was published. Remove the stored simulation and run again; report it if that happens twice.',
  },
  INVARIANT_VIOLATED: {
    exit: 1,
    status: 500,
    retryable: false,
    message: ({
      check,
      description,
      violations,
    }: {
      check: string;
      description: string;
      violations: number;
    }) => `the simulation violates ${check} in ${violations} rows: ${description}`,
    hint: () => 'Nothing was stored. Report it with the census size, the seed and the lever file.',
  },
  UNEXPECTED: {
    exit: 1,
    status: 500,
    retryable: true,
    message: ({ detail }: { detail: string }) => detail,
    hint: () => 'Run again with --log-level debug and report what it prints.',
  },
} satisfies Record<string, ErrorEntry<never>>;

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
