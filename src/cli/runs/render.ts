/** The result of an optimisation run as text. */
import type { OptimizationResult, RunStatus } from '../../runs/optimization.contract.js';
import { searchWords } from '../../runs/attainable.terms.js';
import { distanceInPoints, rangeText } from '../../shared/contract/figures.terms.js';
import { TARGET_HEADER, targetCells } from '../../tuning/several-targets/target-text.js';
import { renderChart } from '../render/chart.js';
import { leverChangeText, renderLevers } from '../levers/render.js';
import { count, digitsFor, duration, percent, points } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';
import {
  NOT_JUDGED,
  uncertaintyCells,
  UNCERTAINTY_HEADER,
  uncertaintyLines,
} from '../../tuning/random-seeds/uncertainty-text.js';

export interface OptimizationReport {
  readonly result: OptimizationResult;
  /** Growth of the kept simulation, percent by year; undefined where it is not known. */
  readonly growth: Readonly<Record<string, number>> | undefined;
  readonly notes: readonly string[];
  /** The run's page in Temporal's web page. */
  readonly url: string | undefined;
  /** The kept simulation's folder. */
  readonly folder: string;
  /** The written report; undefined while there is none. */
  readonly report: string | undefined;
}

const HEADLINE: Readonly<Record<RunStatus, string>> = {
  converged: 'Converged',
  not_converged: 'Not converged',
  infeasible: 'Infeasible',
  cancelled: 'Cancelled',
  failed: 'Failed',
};

export function renderOptimization(report: OptimizationReport, style: Style): string {
  const { result, notes, url, folder } = report;
  const sections = [
    renderHead(result, style),
    section('Targets', renderTargets(result, style), style),
    section('Iterations', renderIterations(result, style), style),
    section(changesTitle(result), renderChanges(result, style), style),
    section('Growth by year with these levers', renderGrowth(report), style),
    section('Seeds that tuned nothing', renderUncertainty(result, style), style),
    section('Recommendations', result.recommendations.map(({ message }) => `- ${message}`).join('\n'), style),
    notes.map((note) => style.warn(`Note: ${note}`)).join('\n'),
    [
      `Levers:     ${appliedText(result)}`,
      `Simulation: ${folder}`,
      ...(report.report === undefined ? [] : [`Report:     ${report.report}`]),
      ...(url === undefined ? [] : [`Run:        ${url}`]),
    ].join('\n'),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function renderHead(result: OptimizationResult, style: Style): string {
  const digits = digitsFor(result.tolerance);
  const colour =
    result.status === 'converged' ? style.good : result.status === 'failed' ? style.bad : style.warn;
  const growth = percent(result.final_growth, digits);
  const whose = result.attainable_by_year === undefined ? 'gap' : 'gap of the worst year';
  const { targets, uncertainty } = result;
  const over = uncertainty == null ? '' : ` (mean over ${uncertainty.tuning_seeds.length} seeds)`;
  const met = targets?.filter((target) => target.met).length ?? 0;
  const verdict =
    targets == null
      ? `growth ${growth}${over} for a target of ${percent(result.target_growth, digits)}`
      : `${met} of ${targets.length} targets met, growth ${growth}`;
  const gap =
    targets != null
      ? ''
      : ` (${whose} ${points(result.final_gap, digits)}, tolerance ${distanceInPoints(result.tolerance, digits)})`;
  return [
    `${colour(style.bold(HEADLINE[result.status]))}: ${verdict}${gap}`,
    `Attainable ${searchWords(result)}: ${rangeText(result.attainable_growth, digits)}`,
    ...attainableYears(result, digits),
    `Run ${result.run_id}: ${[
      `${result.iterations_used} ${result.iterations_used === 1 ? 'iteration' : 'iterations'}`,
      `simulations: ${count(result.simulations_run)} run, ${count(result.simulations_reused)} reused`,
      `${result.engine} engine`,
      duration(result.seconds),
    ].join(' · ')}`,
  ].join('\n');
}

const attainableYears = ({ attainable_by_year }: OptimizationResult, digits: number): string[] =>
  attainable_by_year === undefined
    ? []
    : [
        `In each year, given the years before: ${Object.entries(attainable_by_year)
          .map(([year, range]) => `${year} ${rangeText(range, digits)}`)
          .join(', ')}`,
      ];

const LEFT_COLUMNS: readonly string[] = ['metric', 'verdict', 'priority'];

/** The last column: what payroll over the plan years changes by for one point more of the metric. */
function renderTargets({ targets }: OptimizationResult, style: Style): string {
  if (targets == null) return '';
  const columns = TARGET_HEADER.map((title) => (LEFT_COLUMNS.includes(title) ? left(title) : right(title)));
  return renderTable(columns, targets.map(targetCells), style);
}

export function renderIterations(result: OptimizationResult, style: Style): string {
  const digits = digitsFor(result.tolerance);
  const baseline = [
    'baseline',
    percent(result.initial_growth, digits),
    points(result.initial_gap, digits),
    '',
    '',
  ];
  const rows = result.iterations.map((trial) => [
    `${trial.iteration}${trial.simulation_id === result.simulation_id ? ' (kept)' : ''}`,
    percent(trial.growth, digits),
    points(trial.gap, digits),
    duration(trial.seconds),
    trial.simulation_id.slice(0, 12),
  ]);
  const columns = [left('iteration'), right('growth'), right('gap'), right('time'), left('simulation')];
  return renderTable(columns, [baseline, ...rows], style);
}

const changesTitle = ({ status }: OptimizationResult): string =>
  status === 'infeasible' ? 'Closest levers, before → after' : 'Levers, before → after';

function renderChanges({ levers, locked_rows_skipped }: OptimizationResult, style: Style): string {
  if (levers.length === 0) return '';
  const table = renderLevers(
    levers.map((lever) => ({ ...lever, text: leverChangeText(lever) })),
    style,
  );
  if (locked_rows_skipped === 0) return table;
  return `${table}\nLocked rows, left as they are: ${count(locked_rows_skipped)}`;
}

function renderGrowth({ result, growth }: OptimizationReport): string {
  // With several targets there is no one line for the bars to reach: the table says what each year was to be.
  // With several seeds the kept simulation is only the first of them: the table of the others says more.
  if (growth === undefined || result.targets != null || result.uncertainty != null) return '';
  const bars = Object.entries(growth).map(([label, value]) => ({ label, value }));
  return renderChart(bars, result.target_growth, 40, digitsFor(result.tolerance));
}

function appliedText({ applied, lever_set, run_id, recommendations }: OptimizationResult): string {
  const set = lever_set.slice(0, 12);
  if (applied === 'applied') return `set ${set} is now the current one`;
  if (applied === 'rejected') return `set ${set} was rejected; the current one is unchanged`;
  if (applied === 'pending') return `set ${set} waits: meritloop runs approve ${run_id} --by WHO`;
  if (recommendations.some(({ code }) => code === 'MOVE_UNSIGNED'))
    return `set ${set}, stored but not published: meritloop runs apply ${run_id} --by WHO --reason WHY`;
  return `set ${set}, stored; the current one is unchanged (--apply never)`;
}

const section = (title: string, body: string, style: Style): string =>
  body === '' ? '' : `${style.bold(title)}\n${body}`;

/** How far growth depends on chance; empty for a run on one seed. */
function renderUncertainty(result: OptimizationResult, style: Style): string {
  const { uncertainty } = result;
  if (uncertainty === undefined) return '';
  if (uncertainty === null) return NOT_JUDGED;
  const digits = digitsFor(result.tolerance);
  const [year, ...figures] = UNCERTAINTY_HEADER;
  return [
    ...uncertaintyLines(result, uncertainty, digits),
    renderTable([left(year), ...figures.map(right)], uncertaintyCells(uncertainty, digits), style),
  ].join('\n');
}
