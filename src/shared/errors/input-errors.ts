/** The error table's bad inputs: exit 2, nothing stored. */
import { badInput, conflict, notFound, type ErrorEntry } from './entry.js';

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

export const INPUT_ERRORS = {
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
    ({
      source,
      column,
      columns,
      likely = [],
    }: {
      source: string;
      /** One, or several with commas between. */
      column: string;
      columns: readonly string[];
      /** Such as `birth_date: DOB?`. */
      likely?: readonly string[];
      /** The option that maps them. */
      option?: string;
    }) =>
      `${source}: ${column.includes(',') ? `columns ${column} are` : `column ${column} is`} missing (found: ${columns.join(', ')})${likely.length > 0 ? `; likely ${likely.join(', ')}` : ''}`,
    ({ option }) =>
      option === undefined
        ? 'Add the column; docs/reference/inputs.md lists every column with its rule.'
        : `Add it, or name the columns that it stands in with ${option}; docs/reference/inputs.md lists every column with its rule.`,
  ),
  CENSUS_TOO_LARGE: badInput(
    ({ source, found, limit }: { source: string; found: string; limit: string }) =>
      `${source} is too large: ${found}, at most ${limit}`,
    () => 'Leave out columns and people that the plan does not need, or split the file.',
  ),
  CENSUS_QUESTIONS: badInput(
    ({ source, questions }: { source: string; questions: readonly string[] }) =>
      `${source} leaves open: ${questions.join('; ')}`,
    () => 'Answer each with the option that stands beside it; nothing was stored.',
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
  LEVER_SET_UNKNOWN: notFound(
    ({ fingerprint }: { fingerprint: string }) => `no lever set ${fingerprint}`,
    () => 'See `meritloop levers history` for the sets that exist.',
  ),
  LEVER_SET_CHANGED: badInput(
    ({ path }: { path: string }) => `lever set ${path} is not what was stored under its name`,
    () =>
      'Lever sets are never edited: move the file away and import its content with `meritloop levers import`.',
  ),
  LEVER_LOCKED: conflict(
    ({ scenario, rows }: { scenario: string; rows: readonly string[] }) =>
      `locked rows of ${scenario} would change: ${rows.join(', ')}`,
    () => 'Choose other years or levels, or import a file in which these rows are unlocked.',
  ),
  LEVERS_NEVER_MOVED: conflict(
    ({ scenario, sets }: { scenario: string; sets: number }) =>
      `scenario ${scenario} has ${sets} sets of levers before the current one`,
    () => 'See `meritloop levers history` for the sets to go back to.',
  ),
  SCENARIO_CYCLE: badInput(
    ({ chain }: { chain: readonly string[] }) => `scenarios inherit in a circle: ${chain.join(' -> ')}`,
    () => 'Give one of them another parent in scenarios.csv.',
  ),
  LEVER_MISSING: badInput(
    ({ scenario, missing }: { scenario: string; missing: readonly string[]; commands: readonly string[] }) =>
      `scenario ${scenario} and its parents lack levers: ${missing.join('; ')}`,
    ({ commands }) => `Set them with \`${commands.join('`, then `')}\`, or name plan years that have levers.`,
  ),
  SCENARIO_UNKNOWN: notFound(
    ({ scenario, known }: { scenario: string; known: readonly string[] }) =>
      `scenario ${scenario} is unknown (known: ${known.join(', ')})`,
    () => 'Use a known scenario, or add one to scenarios.csv or to the lever file.',
  ),
  SCENARIO_EXISTS: conflict(
    ({ scenario }: { scenario: string }) => `scenario ${scenario} exists already`,
    () => 'Choose another name; `meritloop scenario list` shows those taken.',
  ),
  OWN_CHANGE: {
    ...badInput(
      ({ scenario, by }: { scenario: string; by: string }) =>
        `${by} asks for the levers of ${scenario} to change, and cannot approve that`,
      () => 'Name somebody else with --approved-by.',
    ),
    status: 403,
  },
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
  TARGET_UNDEFINED: badInput(
    ({ metric, year, reason }: { metric: string; year: number; reason: string }) =>
      `${metric} of ${year} does not exist: ${reason}`,
    () => 'Leave that target out, or name another year or metric.',
  ),
  RUN_UNKNOWN: notFound(
    ({ run }: { run: string }) => `no run ${run}`,
    () => 'See `meritloop runs list`.',
  ),
  SIMULATION_UNKNOWN: notFound(
    ({ simulation }: { simulation: string }) => `no stored simulation ${simulation}`,
    () => 'Run `meritloop simulate` first, or give the id that it printed.',
  ),
  SIMULATION_WITHOUT_TABLES: conflict(
    ({ simulation }: { simulation: string; folder: string }) =>
      `simulation ${simulation} was a trial: its summary and levers are kept, its tables are not`,
    ({ folder }) =>
      `Publish the kept trial (\`meritloop runs show\` names its simulation), or simulate these levers: \`meritloop simulate --levers ${folder}/levers.csv\`.`,
  ),
  SCHEDULE_UNKNOWN: notFound(
    ({ schedule }: { schedule: string }) => `no schedule ${schedule}`,
    () => 'See `meritloop schedule list`.',
  ),
  SCHEDULE_EXISTS: conflict(
    ({ schedule }: { schedule: string }) => `schedule ${schedule} exists already`,
    () => 'Delete it first, or choose another name.',
  ),
} satisfies Record<string, ErrorEntry<never>>;
