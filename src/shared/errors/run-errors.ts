/** The error table's faults of runs and simulations, and the unexpected. */
import { conflict, notFound, type ErrorEntry } from './entry.js';
import { shellWord } from './shell-word.js';

/** Somebody else's move won; `own` is the set that was not published. */
type LeversMoved = {
  readonly scenario: string;
  readonly expected: string;
  readonly found: string;
  readonly own: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
  readonly run_id: string | null;
  /** From the expected set to the one found, in short. */
  readonly change: string;
  /** The same in full, one text each. */
  readonly changes: readonly string[];
};

const short = (fingerprint: string): string => fingerprint.slice(0, 12);

export const RUN_ERRORS = {
  CANCELLED: {
    exit: 5,
    status: 409,
    retryable: false,
    message: ({ what }: { what: string }) => `${what} was cancelled`,
    hint: () => 'What was finished is kept; start it again to go on from there.',
  },
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
  NOT_AN_APPROVER: {
    exit: 2,
    status: 403,
    retryable: false,
    message: ({ run, by, approvers }: { run: string; by: string; approvers: readonly string[] }) =>
      approvers.length === 0
        ? `run ${run} names no approvers, so ${by} has nothing to delegate: anyone but who asked may decide`
        : `run ${run} is decided by ${approvers.join(', ')}, not by ${by}`,
    hint: () => 'Ask one of the approvers to decide, or to delegate with `meritloop runs delegate`.',
  },
  RUN_DECIDED: conflict(
    ({ run, outcome }: { run: string; outcome: string }) =>
      outcome === 'expired'
        ? `the time to decide on run ${run} has ended, so its levers stay unpublished`
        : `the levers of run ${run} were ${outcome}`,
    () => 'Start the run again under another id and have it approved; its simulations are reused.',
  ),
  DECISION_UNSIGNED: {
    exit: 2,
    status: 403,
    retryable: false,
    message: ({ run }: { run: string }) =>
      `the decision on run ${run} is not signed by this home, so nobody knows who made it`,
    hint: ({ run }: { run: string }) =>
      `Decide on the page, or with \`meritloop runs approve ${run} --by WHO\` (or reject, delegate) on the home of the worker.`,
  },
  MOVE_UNSIGNED: {
    exit: 2,
    status: 403,
    retryable: false,
    message: ({ run, scenario }: { run: string; scenario: string }) =>
      `run ${run} has no signed word of anybody who lets it publish levers of ${scenario}`,
    hint: ({ run }: { run: string; scenario: string }) =>
      `Apply them with \`meritloop runs apply ${run} --by WHO --reason WHY\` or on the page; or start the run from the page or the command line.`,
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
    message: ({ scenario, expected, found, by, at, reason, change }: LeversMoved) =>
      `${by} moved the levers of ${scenario} meanwhile, at ${at} (${reason}): expected set ${short(expected)}, found ${short(found)}, with ${change}`,
    hint: ({ own }) =>
      `Nothing was published and nothing is lost: compare your set with \`meritloop levers diff current ${short(own)}\`, then do it again.`,
  },
  RUN_MISSED_TARGET: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run, status, missed }: { run: string; status: string; missed: string }) =>
      `run ${run} is ${status.replace('_', ' ')}: its levers ${missed}`,
    hint: ({ run }) =>
      `Better change the question and run again. To apply levers that miss the target all the same: \`meritloop runs apply ${shellWord(run)} --anyway --by WHO --reason WHY\`, or \`anyway: true\` in the API.`,
  },
  RUN_FINISHED: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run }: { run: string }) => `run ${run} has finished`,
    hint: () => 'See `meritloop runs show`; start it again with --rerun.',
  },
  RUN_NAME_TAKEN: {
    exit: 2,
    status: 409,
    retryable: false,
    message: ({ run, workflow }: { run: string; workflow: string }) =>
      `run ${run} exists already, as workflow ${workflow}`,
    hint: () => 'Choose another id.',
  },
  GRID_UNKNOWN: notFound(
    ({ grid }: { grid: string }) => `no grid ${grid}`,
    () => 'Start one of that id with `meritloop grid --id`.',
  ),
  REQUEST_DIFFERS: conflict(
    ({ what, id, fields }: { what: string; id: string; fields: readonly string[] }) =>
      `${what} ${id} was asked for with other fields: ${fields.join(', ')}`,
    () =>
      'Choose another id, or ask for the same. Once a run or a grid has ended, --rerun starts its id anew; simulations of the same inputs are reused.',
  ),
  GRID_FINISHED: conflict(
    ({ grid }: { grid: string }) => `grid ${grid} has finished`,
    ({ grid }) => `See its result with \`meritloop grid --id ${grid}\`; start it again with --rerun.`,
  ),
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
