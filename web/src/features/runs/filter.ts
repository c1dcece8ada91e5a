/** Finds runs by words and state. Pure. */
import type { RunListing } from '../../api/types.js';

/** Every word must stand somewhere in the run's id, scenario, person or state. */
export function filterRuns(
  runs: readonly RunListing[],
  find: string,
  status: string | undefined,
): RunListing[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter((run) => {
    if (status !== undefined && run.status !== status) return false;
    const text = [run.run_id, run.scenario, run.requested_by, run.status].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** States that occur, those that need somebody first. */
export function statusesOf(runs: readonly RunListing[]): string[] {
  const first = ['running', 'failed', 'infeasible', 'not_converged'];
  const all = [...new Set(runs.map(({ status }) => status))];
  return [
    ...first.filter((status) => all.includes(status)),
    ...all.filter((status) => !first.includes(status)),
  ];
}
