/** The automation of assets as text: its state, its latest look, and what it would start. */
import type { AutomationStatus } from '../../client/meritloop.js';
import type { AutomationDecision } from '../../assets/graph/automation.js';
import type { Style } from '../render/style.js';
import { left, renderTable } from '../render/table.js';

export interface AutomationDocument extends AutomationStatus {
  /** The latest first. */
  readonly started: readonly {
    readonly at: string;
    readonly run: string;
    readonly select: string;
    readonly reasons: string;
  }[];
}

const LONGEST = 70;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);

export function renderAutomation(
  { on, since, interval_seconds, config, last_look, schedules, started }: AutomationDocument,
  style: Style,
): string {
  const state = on
    ? `${style.good('on')} since ${since ?? ''}, looks every ${interval_seconds ?? ''} s${Object.keys(config ?? {}).length === 0 ? '' : `, with ${JSON.stringify(config)}`}`
    : style.bold('off');
  return [
    `Automation is ${state}`,
    ...(last_look === null ? [] : [`Latest look: ${lookText(last_look)}`]),
    ...schedules.map(
      ({ asset, cron, paused, next }) =>
        `Schedule of ${asset}: ${cron} UTC, ${paused ? 'paused' : `next at ${next ?? 'no time'}`}`,
    ),
    ...started.map(({ at, run, reasons }) => `Started ${at} ${run}: ${short(reasons)}`),
  ].join('\n');
}

function lookText({
  at,
  error,
  changed,
  stale,
  started,
  waiting,
}: NonNullable<AutomationStatus['last_look']>) {
  if (error !== null) return `${at}, failed: ${error}`;
  return [
    at,
    changed.length === 0 ? 'nothing changed' : `changed: ${changed.join(', ')}`,
    started.length === 0 ? 'nothing started' : `started: ${started.join(', ')}`,
    `${waiting} assets wait`,
    ...stale,
  ].join('; ');
}

interface EvaluationDocument {
  readonly changed: readonly string[];
  readonly decisions: readonly Pick<
    AutomationDecision,
    'asset' | 'condition' | 'action' | 'partitions' | 'reasons'
  >[];
  readonly stale: readonly string[];
}

export function renderEvaluation({ changed, decisions, stale }: EvaluationDocument, style: Style): string {
  const rows = decisions.map(({ asset, condition, action, reasons }) => [
    asset,
    condition,
    action === 'start' ? style.good(action) : action,
    short(reasons.join('; ')),
  ]);
  const starts = decisions.filter(({ action }) => action === 'start').length;
  return [
    renderTable([left('asset'), left('condition'), left('action'), left('why')], rows, style),
    ...(changed.length === 0 ? [] : [`Changed inputs: ${changed.join(', ')}`]),
    ...stale,
    `${starts} of ${decisions.length} would start.`,
  ].join('\n');
}
