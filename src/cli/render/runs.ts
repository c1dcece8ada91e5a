/** Runs as text: the list, and one that has not finished or has failed. */
import { isFailure, type RunEnding, type RunRecord } from '../../activities/run-store.js';
import { percent, points } from './number.js';
import type { Style } from './style.js';
import { left, renderTable, right } from './table.js';

/** A run as the list shows it; growth in percent and gap in pp, null where there is none. */
export interface RunLine {
  readonly run_id: string;
  readonly status: string;
  readonly scenario: string | null;
  readonly requested_by: string | null;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly target_growth: number | null;
  readonly final_growth: number | null;
  readonly final_gap: number | null;
}

/** `open` stands for a run without an ending; whether somebody works on it the server alone knows. */
export function runLine(record: RunRecord, ending: RunEnding | undefined): RunLine {
  const result = ending === undefined || isFailure(ending) ? undefined : ending;
  return {
    run_id: record.run_id,
    status: result?.applied === 'pending' ? 'waiting_for_approval' : (ending?.status ?? 'open'),
    scenario: record.spec?.scenario ?? null,
    requested_by: record.spec?.requested_by ?? ending?.requested_by ?? null,
    started_at: record.started_at,
    finished_at: record.finished_at,
    target_growth: record.spec?.target ?? null,
    final_growth: result?.final_growth ?? null,
    final_gap: result?.final_gap ?? null,
  };
}

const COLUMNS = [
  left('run'),
  left('status'),
  left('scenario'),
  left('started (UTC)'),
  left('by'),
  right('target'),
  right('growth'),
  right('gap'),
];

export function renderRuns(lines: readonly RunLine[], home: string, style: Style): string {
  if (lines.length === 0) return `No runs in ${home} yet. Start one with \`meritloop optimize\`.`;
  const rows = lines.map((line) => [
    line.run_id,
    statusText(line.status, style),
    line.scenario ?? '',
    line.started_at.slice(0, 16).replace('T', ' '),
    line.requested_by ?? '',
    line.target_growth === null ? '' : percent(line.target_growth),
    line.final_growth === null ? '' : percent(line.final_growth),
    line.final_gap === null ? '' : points(line.final_gap),
  ]);
  return renderTable(COLUMNS, rows, style);
}

function statusText(status: string, style: Style): string {
  const text = status.replaceAll('_', ' ');
  if (status === 'converged') return style.good(text);
  return status === 'failed' ? style.bad(text) : text;
}
