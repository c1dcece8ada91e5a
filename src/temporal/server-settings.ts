/** Settings of the development server that have no flag of their own. */

/**
 * How often a second the server looks for new work of one kind. It looks only when told that there is some, but by
 * default at most 20 times a second and, with its single shard, for all runs together: each step of a run would then
 * wait up to 50 ms before its worker hears of it.
 */
const LOOKS_PER_SECOND = 1000;

/** Workflow and activity tasks; timers, among them retries; the list of runs. */
const QUEUES = ['transfer', 'timer', 'visibility'];

/**
 * The server cannot do without its HTTP API, which takes any JSON from any page that a browser shows. It answers one
 * host name alone, under which no browser can find it: names that end so never exist (RFC 6761).
 */
const ONLY_HOST = 'closed.invalid';

/** Arguments of `temporal server start-dev`. */
export const SERVER_SETTINGS: readonly string[] = [
  ...QUEUES.map((queue) => `--dynamic-config-value=history.${queue}ProcessorMaxPollRPS=${LOOKS_PER_SECOND}`),
  `--dynamic-config-value=frontend.httpAllowedHosts=["${ONLY_HOST}"]`,
];
