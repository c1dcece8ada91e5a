/** Moves of the current levers as text: the history, and the one just made. */
import type { LeverMoveRecord } from '../../levers/lever-store.contract.js';
import type { LeverDifference } from '../../levers/changes.js';
import { renderLeverChanges } from './render.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

const COLUMNS = [
  right('move'),
  left('when (UTC)'),
  left('scenario'),
  left('by'),
  left('did'),
  left('from'),
  left('to'),
  left('run'),
  left('reason'),
];

export function renderHistory(moves: readonly LeverMoveRecord[], style: Style): string {
  if (moves.length === 0) return 'No levers were changed yet: they are those of the first import.';
  const rows = moves.map(({ version, at, scenario, by, action, from, to, run_id, reason }) => [
    String(version),
    minute(at),
    scenario,
    by,
    action,
    short(from),
    short(to),
    run_id ?? '',
    reason,
  ]);
  return renderTable(COLUMNS, rows, style);
}

/** `made current by ann on 2025-01-31 08:15 (budget)`. */
export const moveText = ({ by, at, reason }: LeverMoveRecord): string =>
  `made current by ${by} on ${minute(at)} (${reason})`;

export interface MadeMove {
  readonly scenario: string;
  readonly fingerprint: string;
  /** Null: the set was current already. */
  readonly record: LeverMoveRecord | null;
  readonly changes: readonly LeverDifference[];
  readonly notes: readonly string[];
}

export function renderMove(
  { scenario, fingerprint, record, changes, notes }: MadeMove,
  style: Style,
): string {
  const said =
    record === null
      ? [`Nothing to change: scenario ${scenario} has these levers already (set ${short(fingerprint)}).`]
      : [
          style.bold(`Scenario ${scenario}: ${short(record.from)} → ${short(record.to)}`),
          changes.length === 0 ? 'The same values and locks.' : renderLeverChanges(changes, style),
        ];
  return [...said, ...notes.map((note) => style.warn(`Note: ${note}`))].join('\n');
}

const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');
const short = (fingerprint: string): string => fingerprint.slice(0, 12);
