/** The error table's faults of asset graphs, selections and materialisations. */
import { badInput, type ErrorEntry } from './entry.js';

type MaterializationFailed = {
  readonly run: string;
  readonly failed: number;
  readonly blocked: number;
  readonly ran: number;
  readonly reused: number;
  readonly errors: readonly string[];
  /** Blocked steps, each with what blocks it. */
  readonly blocked_because: readonly string[];
};

/** Reasons beyond these stand in the fields, and with each step. */
const SAID = 5;

function reasonsOf(...lists: readonly (readonly string[])[]): string {
  const reasons = lists.flat();
  const more = reasons.length - SAID;
  return [...reasons.slice(0, SAID), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

export const GRAPH_ERRORS = {
  GRAPH_INVALID: badInput(
    ({ problems }: { problems: readonly string[] }) => `the asset graph is not sound: ${problems.join('; ')}`,
    () => 'Correct the definitions of these assets; nothing was made.',
  ),
  ASSET_UNKNOWN: badInput(
    ({ asset }: { asset: string; known: readonly string[] }) => `no asset ${asset}`,
    ({ known }) => `Near it are ${known.join(', ')}; see \`meritloop assets list\` for all.`,
  ),
  SELECTION_INVALID: badInput(
    ({ selection, position, problem }: { selection: string; position: number; problem: string }) =>
      `selection ${selection}: at ${position}: ${problem}`,
    () =>
      'Write keys, wildcards, group:, tag:, kind:, owner:, status:, column:, and, or, not, roots(), sinks(), +x, x+, 2+x, x+2; see docs/reference/asset-graph.md.',
  ),
  PARTITIONS_INVALID: badInput(
    ({ partitions, problem }: { partitions: string; problem: string }) =>
      `partitions ${partitions}: ${problem}`,
    () => 'Write a key, a range such as 2025..2029, or both separated by commas.',
  ),
  NOTHING_SELECTED: badInput(
    ({ selection }: { selection: string }) => `selection ${selection} matches no asset`,
    () => 'See `meritloop assets list` for keys, groups and kinds.',
  ),
  AUTOMATION_OFF: {
    exit: 2,
    status: 409,
    retryable: false,
    message: (_fields: Readonly<Record<never, string>>) => 'the automation of assets is off',
    hint: () => 'Turn it on with `meritloop assets automate on`.',
  },
  COMPUTATION_UNKNOWN: {
    exit: 1,
    status: 500,
    retryable: false,
    message: ({ computation, steps }: { computation: string; steps: number }) =>
      `no computation ${computation}, which ${steps} steps need`,
    hint: () => 'The worker runs other code than the plan was made with: restart it, or plan again.',
  },
  ASSETS_NOT_MADE: {
    exit: 1,
    status: 500,
    retryable: true,
    message: ({ assets, detail }: { assets: readonly string[]; detail: string }) =>
      `not made: ${assets.join(', ')}: ${detail}`,
    hint: () => 'What was made is kept: correct the cause and materialise again; only the rest will run.',
  },
  MATERIALIZATION_FAILED: {
    exit: 1,
    status: 500,
    retryable: false,
    message: ({ run, failed, blocked, errors, blocked_because }: MaterializationFailed) =>
      `run ${run}: ${failed} steps failed, ${blocked} are blocked: ${reasonsOf(errors, blocked_because)}`,
    hint: () =>
      'What was made is kept: see `meritloop assets status`, correct the cause and materialise again; only the rest will run.',
  },
} satisfies Record<string, ErrorEntry<never>>;
