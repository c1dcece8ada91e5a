/** A grid as text: every cell, then the Pareto front, then what went wrong. */
import type { GridCell, GridChoice, GridResult } from '../../grids/grid.contract.js';
import { count, digitsFor, duration, money, percent, points } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

export function renderGrid(result: GridResult, style: Style): string {
  const sections = [
    head(result, style),
    cellTable(result, style),
    frontTable(result, style),
    failures(result, style),
    result.notices.map((notice) => style.warn(`Note: ${notice}`)).join('\n'),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

const VERDICTS = ['converged', 'not_converged', 'infeasible', 'failed', 'cancelled', 'pending'] as const;

function head({ grid_id, status, counts, ...result }: GridResult, style: Style): string {
  const title = {
    running: style.bold('Running'),
    completed: style.good('Completed'),
    cancelled: style.warn('Cancelled'),
  }[status];
  const verdicts = VERDICTS.filter((verdict) => counts[verdict] > 0).map(
    (verdict) => `${counts[verdict]} ${words(verdict)}`,
  );
  return [
    `${style.bold(title)}: ${counts.cells} cells, ${verdicts.join(', ')}`,
    `Grid ${grid_id}: ${[
      `${counts.reused} cells reused`,
      `simulations: ${count(result.simulations_run)} run, ${count(result.simulations_reused)} reused`,
      `${result.parallel} at a time`,
      duration(result.seconds),
    ].join(' · ')}`,
  ].join('\n');
}

const words = (status: GridCell['status']): string => status.replace('_', ' ');

function cellTable(result: GridResult, style: Style): string {
  const { tolerance, years } = result;
  const digits = digitsFor(tolerance);
  const columns = [
    right('target'),
    left('strategy'),
    left('scenario'),
    right('seed'),
    left('verdict'),
    right('growth'),
    right('gap'),
    right(`payroll ${years.first}–${years.last}`),
    right(`payroll ${years.last}`),
    right('iterations'),
    left('front'),
  ];
  const rows = result.cells.map((cell) => [
    percent(cell.target, digitsOf(cell.target)),
    cell.strategy,
    cell.scenario,
    String(cell.seed),
    verdict(cell, style),
    blank(cell.final_growth, (growth) => percent(growth, digits)),
    blank(cell.gap, (gap) => points(gap, digits)),
    blank(cell.payroll, money),
    blank(cell.payroll_final_year, money),
    blank(cell.iterations_used, String),
    cell.on_front ? 'yes' : '',
  ]);
  return renderTable(columns, rows, style);
}

/** As it was asked, with one decimal at least. */
const digitsOf = (target: number): number => Math.max(1, (String(target).split('.')[1] ?? '').length);

const blank = <T>(value: T | null, text: (value: T) => string): string => (value === null ? '' : text(value));

function verdict({ status, error, reused }: GridCell, style: Style): string {
  const text = `${words(status)}${error === null ? '' : ` ${error.code}`}${reused ? ' (reused)' : ''}`;
  if (status === 'converged') return style.good(text);
  return status === 'failed' ? style.bad(text) : style.warn(text);
}

/** A choice stands on the front of a seed; over several seeds the figures are means. */
function frontTable({ choices, seeds, years, tolerance }: GridResult, style: Style): string {
  const front = choices.filter(({ on_front }) => on_front > 0);
  if (front.length === 0) return '';
  const digits = digitsFor(tolerance);
  const several = seeds.length > 1;
  const columns = [
    right('target'),
    left('strategy'),
    left('scenario'),
    right(several ? 'mean growth' : 'growth'),
    ...(several ? [right('lowest to highest')] : []),
    right(`${several ? 'mean ' : ''}payroll ${years.first}–${years.last}`),
    ...(several ? [left('on the front of')] : []),
  ];
  const rows = front.map((choice: GridChoice) => [
    percent(choice.target, digitsOf(choice.target)),
    choice.strategy,
    choice.scenario,
    percent(choice.mean_growth, digits),
    ...(several
      ? [`${percent(choice.lowest_growth, digits)} to ${percent(choice.highest_growth, digits)}`]
      : []),
    money(choice.mean_payroll),
    ...(several ? [`${choice.on_front} of ${choice.seeds} seeds`] : []),
  ]);
  const title = 'Pareto front: nothing here has as much growth for less payroll';
  return `${style.bold(title)}\n${renderTable(columns, rows, style)}`;
}

function failures({ cells }: GridResult, style: Style): string {
  const failed = cells.filter(({ error }) => error !== null);
  if (failed.length === 0) return '';
  const lines = failed.map(
    ({ run_id, error }) => `- ${run_id}: ${error?.code} ${error?.message}\n  next: ${error?.hint}`,
  );
  return `${style.bold('Failed cells')}\n${lines.join('\n')}`;
}
