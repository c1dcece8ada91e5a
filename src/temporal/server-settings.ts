/** Settings of the development server that have no flag of their own. */

/**
 * How often a second the server looks for new work of one kind. It looks only when told that there is some, but by
 * default at most 20 times a second and, with its single shard, for all runs together: each step of a run would then
 * wait up to 50 ms before its worker hears of it.
 */
const LOOKS_PER_SECOND = 1000;

/** Workflow and activity tasks; timers, among them retries; the list of runs. */
const QUEUES = ['transfer', 'timer', 'visibility'];

/** Arguments of `temporal server start-dev`. */
export const SERVER_SETTINGS: readonly string[] = QUEUES.map(
  (queue) => `--dynamic-config-value=history.${queue}ProcessorMaxPollRPS=${LOOKS_PER_SECOND}`,
);
