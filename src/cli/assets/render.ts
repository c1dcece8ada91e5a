/** The asset graph as text: lists, plans, checks, events and the progress of a materialisation. */
import type {
  MaterializationProgress,
  MaterializationResult,
} from '../../assets/materialization.contract.js';
import type { AssetEvent, Metadata } from '../../assets/graph/catalog-port.js';
import type { Action } from '../../assets/graph/decide.js';
import { stepId } from '../../assets/graph/steps.js';
import { bar, type ProgressState } from '../progress.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

export interface AssetLine {
  readonly key: string;
  readonly group: string;
  readonly kinds: readonly string[];
  readonly partitions: readonly string[] | null;
  readonly checks: readonly unknown[];
  readonly status: readonly string[];
}

export function renderAssets(assets: readonly AssetLine[], style: Style): string {
  const columns = [
    left('asset'),
    left('group'),
    left('kinds'),
    left('partitions'),
    right('checks'),
    left('status'),
  ];
  const rows = assets.map(({ key, group, kinds, partitions, checks, status }) => [
    key,
    group,
    kinds.join(' '),
    partitions === null ? '' : `${partitions[0] ?? ''}..${partitions.at(-1) ?? ''}`,
    String(checks.length),
    statusText(status, style),
  ]);
  return `${renderTable(columns, rows, style)}\n${assets.length} assets`;
}

function statusText(statuses: readonly string[], style: Style): string {
  const text = statuses.join(', ');
  const [health] = statuses;
  if (health === 'healthy') return style.good(text);
  return health === 'failed' || health === 'degraded' ? style.bad(text) : style.warn(text);
}

interface PlanLine {
  readonly key: string;
  readonly partition: string | null;
  readonly action: Action;
  readonly reasons: readonly string[];
}

/** Partitions of one asset with the same action and reasons share a line. */
export function renderPlan(steps: readonly PlanLine[], style: Style): string {
  const lines = new Map<string, { readonly line: PlanLine; readonly partitions: string[] }>();
  for (const line of steps) {
    const label = JSON.stringify([line.key, line.action, line.reasons]);
    const known = lines.get(label) ?? { line, partitions: [] };
    if (line.partition !== null) known.partitions.push(line.partition);
    lines.set(label, known);
  }
  const rows = [...lines.values()].map(({ line, partitions }) => [
    line.key,
    partitions.join(' '),
    `${coloured(line.action, style)}: ${line.reasons.join('; ')}`,
  ]);
  const count = (action: Action) => steps.filter((step) => step.action === action).length;
  const summary = `${count('run')} to run, ${count('reuse')} reused, ${count('blocked')} blocked`;
  return `${renderTable([left('asset'), left('partitions'), left('plan')], rows, style)}\n${summary}`;
}

const coloured = (action: Action, style: Style): string =>
  action === 'run' ? style.bold(action) : action === 'reuse' ? style.dim(action) : style.warn(action);

export function renderMaterialization(result: MaterializationResult, style: Style): string {
  const { run_id, status, ran, reused, blocked, failed, failed_checks, errors, blocked_because } = result;
  return [
    `${status === 'succeeded' ? style.good(status) : style.bad(status)}: ${ran} made, ${reused} reused, ${blocked} blocked, ${failed} failed`,
    ...failed_checks.map((check) => `${style.warn('check failed')}: ${check}`),
    ...[...errors, ...blocked_because].map((reason) => `${style.warn('not made')}: ${reason}`),
    style.dim(`run ${run_id}`),
  ].join('\n');
}

export function materializationState(progress: MaterializationProgress): ProgressState {
  const { batches_done, batches_total, ran, reused, running, waiting } = progress;
  return {
    lines: [
      `batches ${bar(batches_done, batches_total)}`,
      ...running.map((label) => `at ${label}`),
      ...waiting,
    ],
    news: `${batches_done} of ${batches_total} batches, ${ran} made, ${reused} reused`,
  };
}

interface CheckLine {
  readonly asset: string;
  readonly partition: string | null;
  readonly check: string;
  readonly passed: boolean;
  readonly severity: string;
  readonly evaluated_at: string;
  readonly metadata: Metadata;
}

export function renderChecks(checks: readonly CheckLine[], style: Style): string {
  if (checks.length === 0) return 'No check was evaluated yet: `meritloop assets materialize` does.';
  const verdict = ({ passed, severity, metadata }: CheckLine): string => {
    if (!passed) return severity === 'error' ? style.bad('failed') : style.warn('warned');
    const { follows_from: from } = metadata;
    return style.good(from === undefined ? 'passed' : `follows from ${String(from.value)}`);
  };
  const rows = checks.map((line) => [
    stepId(line.asset, line.partition),
    line.check,
    verdict(line),
    minute(line.evaluated_at),
  ]);
  const failed = checks.filter(({ passed }) => !passed).length;
  const table = renderTable([left('asset'), left('check'), left('verdict'), left('at (UTC)')], rows, style);
  return `${table}\n${checks.length} evaluations, ${failed} not passed`;
}

export function renderEvents(
  events: readonly (AssetEvent & { readonly sequence: number })[],
  style: Style,
): string {
  if (events.length === 0) return 'Nothing happened to these assets yet.';
  const rows = events.map((event) => [
    minute(event.recorded_at),
    stepId(event.asset, event.partition),
    event.kind,
    detailOf(event),
    event.run,
  ]);
  const columns = [left('at (UTC)'), left('asset'), left('event'), left('detail'), left('run')];
  return renderTable(columns, rows, style);
}

function detailOf(event: AssetEvent): string {
  switch (event.kind) {
    case 'materialization':
    case 'observation':
      return event.data_version.slice(0, 12);
    case 'check':
      return `${event.check} ${event.passed ? 'passed' : 'failed'}`;
    case 'failed':
      return `${event.code}: ${event.message}`;
    case 'planned':
    case 'blocked':
      return event.reasons.join('; ');
  }
}

interface StatusLine {
  readonly key: string;
  readonly partition: string | null;
  readonly status: readonly string[];
  readonly made_at: string | null;
  readonly outlook: { readonly action: Action; readonly reasons: readonly string[] };
}

export function renderStatus(steps: readonly StatusLine[], style: Style): string {
  const rows = steps.map(({ key, partition, status, made_at, outlook }) => [
    stepId(key, partition),
    statusText(status, style),
    made_at === null ? '' : minute(made_at),
    outlook.action === 'reuse' ? '' : `${outlook.action}: ${outlook.reasons.join('; ')}`,
  ]);
  return renderTable([left('asset'), left('status'), left('made (UTC)'), left('next')], rows, style);
}

const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');
