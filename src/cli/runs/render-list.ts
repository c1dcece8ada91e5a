/** Runs as text: the list. */
import type { RunListing } from '../../client/meritloop.js';
import { percent } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

const COLUMNS = [
  left('run'),
  left('status'),
  left('scenario'),
  left('started (UTC)'),
  left('by'),
  right('target'),
  right('growth'),
];

/** @param home named where there are none. */
export function renderRuns(runs: readonly RunListing[], home: string, style: Style): string {
  if (runs.length === 0) return `No runs in ${home} yet. Start one with \`meritloop optimize\`.`;
  const rows = runs.map((run) => [
    run.runId,
    statusText(run.status, style),
    run.scenario ?? '',
    run.startedAt.slice(0, 16).replace('T', ' '),
    run.requestedBy ?? '',
    run.targetGrowth === undefined ? '' : percent(run.targetGrowth),
    run.finalGrowth === undefined ? '' : percent(run.finalGrowth),
  ]);
  return [renderTable(COLUMNS, rows, style), ...runs.flatMap(({ damage }) => damage ?? [])].join('\n');
}

function statusText(status: string, style: Style): string {
  const text = status.replaceAll('_', ' ');
  if (status === 'converged') return style.good(text);
  return status === 'failed' || status === 'damaged' ? style.bad(text) : text;
}
