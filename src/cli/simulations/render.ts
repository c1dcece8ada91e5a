/** A simulation as text: the workforce by year and growth taken apart. */
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { PAYS_CASH } from '../../levers/catalogue.terms.js';
import { count, duration, money, percent, points } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

export interface SimulationReport {
  readonly summary: SimulationSummary;
  readonly notes: readonly string[];
  /** The simulation's own folder. */
  readonly folder: string;
}

export function renderSimulation({ summary, notes, folder }: SimulationReport, style: Style): string {
  const { simulation_id, engine, reused, employees, seconds, mean_growth } = summary;
  const head = [
    style.bold(`Simulation ${simulation_id}`),
    `${engine} engine`,
    `${count(employees)} people in the census`,
    reused ? 'stored before, reused' : duration(seconds),
  ].join(' · ');
  return [
    head,
    '',
    renderWorkforce(summary, style),
    '',
    renderDecomposition(summary, style),
    '',
    `Mean yearly growth of mean pay: ${style.bold(percent(mean_growth))}`,
    ...notes.map((note) => style.warn(`Note: ${note}`)),
    `Files: ${folder}`,
  ].join('\n');
}

const WORKFORCE = [
  left('year'),
  right('opening'),
  right('hires'),
  right('exits'),
  right('promotions'),
  right('closing'),
  right('mean pay'),
  right('growth'),
  ...(PAYS_CASH ? [right('cash paid')] : []),
];

/** Exits are those of experienced people and of the year's hires together. */
export function renderWorkforce({ baseline, years }: SimulationSummary, style: Style): string {
  const rows = years.map((year) => [
    String(year.year),
    count(year.opening),
    count(year.hires),
    count(year.experienced_terminations + year.new_hire_terminations),
    count(year.promotions),
    count(year.closing),
    money(year.mean_pay),
    percent(year.growth),
    ...(PAYS_CASH ? [money(year.cash_paid ?? 0)] : []),
  ]);
  const start = ['baseline', '', '', '', '', count(baseline.headcount), money(baseline.mean_pay), ''];
  return renderTable(WORKFORCE, [start, ...rows], style);
}

const PARTS = [
  left('growth from'),
  right('raises'),
  right('promotions'),
  right('hires'),
  right('leavers'),
  right('sum'),
];

function renderDecomposition({ years }: SimulationSummary, style: Style): string {
  const rows = years.map(({ year, growth, decomposition }) => [
    String(year),
    points(decomposition.raises),
    points(decomposition.promotions),
    points(decomposition.hires),
    points(decomposition.leavers),
    points(growth),
  ]);
  return renderTable(PARTS, rows, style);
}
