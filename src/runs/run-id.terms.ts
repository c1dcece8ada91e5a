/** Names of runs and their workflows: the key that a caller gives is `run_id` everywhere. Bundle-safe. */

const OWN_WORKFLOW = /^(?:compensation-optimization\/[^/]+|materialize|grid)\/(.+)$/;
const LONGEST = 128;

/** Memo of a run, or of a schedule's runs: the signed word that lets it publish what it finds. */
export const START_WORD = 'may_publish';

export const optimizationWorkflowId = (scenario: string, runId: string): string =>
  `compensation-optimization/${scenario}/${runId}`;

/** A simulation that runs as a job of its own. */
export const simulationWorkflowId = (jobId: string): string => `simulation/${jobId}`;

export const summaryWorkflowId = (runId: string): string => `optimization-results-summary/${runId}`;

export const materializeWorkflowId = (runId: string): string => `materialize/${runId}`;

/** One for each task queue. */
export const automationWorkflowId = (taskQueue: string): string => `asset-automation/${taskQueue}`;

export const GRID_WORKFLOW = 'optimizationGrid';

/** A grid of optimisation runs. */
export const gridWorkflowId = (gridId: string): string => `grid/${gridId}`;

const LONGEST_GRID = 60;

/** As {@link runIdOf}, short enough to begin the ids of its cells. */
export const gridIdOf = (workflowId: string): string => runIdOf(workflowId).slice(0, LONGEST_GRID);

/** The key in a workflow id of ours; of any other id (Temporal's web page, a schedule's suffix) what is safe in a path. */
export function runIdOf(workflowId: string): string {
  const key = OWN_WORKFLOW.exec(workflowId)?.[1] ?? workflowId;
  const safe = key
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, LONGEST);
  return safe === '' ? 'run' : safe;
}

/**
 * A key that sorts by time: `20250131T093000Z-4f2a9c`.
 * @param suffix makes two runs of one second differ
 */
export const newRunId = (now: Date, suffix: string): string =>
  `${now.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}-${suffix}`;
