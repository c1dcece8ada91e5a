/** An impact as text: where growth and payroll come from and go to, part by part, and what each lever weighs. */
import type { HeatCell, ImpactReport, SteppedSide } from '../../impact/impact.contract.js';
import { PAYS_CASH, type ParameterName } from '../../levers/lever.contract.js';
import { joinByKey, yearOf } from '../../shared/by-key.terms.js';
import { count, money, percent, points } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

const short = (id: string): string => id.slice(0, 12);
/** With its sign, unless it rounds to zero. */
const dollars = (usd: number): string => `${Math.round(usd) > 0 ? '+' : ''}${money(usd)}`;

/** A column of its own only where a lever pays cash. */
const CASH = PAYS_CASH ? [right('cash, all years')] : [];
const cash = (
  { cash_paid = 0 }: { cash_paid?: number | undefined },
  text: (usd: number) => string,
): string[] => (PAYS_CASH ? [text(cash_paid)] : []);

export function renderImpact(report: ImpactReport, style: Style): string {
  const { baseline, proposed, difference } = report;
  const figures = renderTable(
    [left(''), right('growth'), right('payroll, all years'), ...CASH, left('simulation')],
    [
      [
        'baseline',
        percent(baseline.growth, 3),
        money(baseline.payroll),
        ...cash(baseline, money),
        short(baseline.simulation_id),
      ],
      [
        'proposed',
        percent(proposed.growth, 3),
        money(proposed.payroll),
        ...cash(proposed, money),
        short(proposed.simulation_id),
      ],
      ['difference', points(difference.growth, 3), dollars(difference.payroll), ...cash(difference, dollars)],
    ],
    style,
  );
  const sections = [
    section(
      'By parameter, in this order',
      report.levers_changed === 0 ? '' : waterfall(report, style),
      style,
    ),
    section('By year', report.levers_changed === 0 ? '' : byYear(report, style), style),
    section('One step of each parameter, up or down', tornado(report, style), style),
    section('For each percentage point, and each percent, of a parameter', slopes(report, style), style),
    section('One step in one place alone: growth', heatMap(report.heat_map, style), style),
  ];
  const made = `${count(report.simulations_run)} simulations run, ${count(report.simulations_reused)} reused`;
  return [
    style.bold(
      `Scenario ${report.scenario}, ${report.years.first}–${report.years.last}: ${count(report.levers_changed)} levers changed`,
    ),
    '',
    figures,
    ...sections.flat(),
    '',
    style.dim(`${made}, in ${report.seconds.toFixed(2)} s; every figure is simulated`),
    ...report.notices.map((note) => style.warn(`Note: ${note}`)),
  ].join('\n');
}

const section = (title: string, body: string, style: Style): string[] =>
  body === '' ? [] : ['', style.bold(title), body];

function waterfall({ waterfall: parts, difference }: ImpactReport, style: Style): string {
  return renderTable(
    [left('parameter'), right('levers'), right('growth'), right('payroll'), ...CASH, left('simulation')],
    [
      ...parts.map((part) => [
        part.parameter_name,
        count(part.levers_changed),
        points(part.growth, 3),
        dollars(part.payroll),
        ...cash(part, dollars),
        short(part.simulation_id),
      ]),
      ['sum', '', points(difference.growth, 3), dollars(difference.payroll), ...cash(difference, dollars)],
    ],
    style,
  );
}

/** A dash where a year is of one simulation only. */
const each = (values: readonly (number | undefined)[], text: (value: number) => string): string[] =>
  values.map((value) => (value === undefined ? '–' : text(value)));

function byYear({ baseline, proposed, difference }: ImpactReport, style: Style): string {
  const columns = ['growth', '', 'change', 'payroll', '', 'change', 'mean pay', '', 'change'];
  return renderTable(
    [left('year'), ...columns.map(right)],
    joinByKey([baseline.by_year, proposed.by_year], yearOf).map(({ key, rows: [before, after] }) => {
      const change = difference.by_year.find(({ year }) => year === key);
      return [
        String(key),
        ...each([before?.growth, after?.growth], percent),
        ...each([change?.growth], points),
        ...each([before?.payroll, after?.payroll], money),
        ...each([change?.payroll], dollars),
        ...each([before?.mean_pay, after?.mean_pay], money),
        ...each([change?.mean_pay], dollars),
      ];
    }),
    style,
  );
}

function tornado({ tornado: rows }: ImpactReport, style: Style): string {
  if (rows.length === 0) return '';
  const cells = (side: SteppedSide | null): string[] =>
    side === null
      ? ['', '']
      : [`${points(side.growth, 3)}${side.rows_held === 0 ? '' : '*'}`, dollars(side.payroll)];
  const table = renderTable(
    [
      left('parameter'),
      right('step'),
      right('down: growth'),
      right('payroll'),
      right('up: growth'),
      right('payroll'),
    ],
    rows.map((row) => [row.parameter_name, String(row.step), ...cells(row.down), ...cells(row.up)]),
    style,
  );
  const held = rows.some(({ down, up }) => (down?.rows_held ?? 0) + (up?.rows_held ?? 0) > 0);
  return held ? `${table}\n* some rows stop at the hard range` : table;
}

function slopes({ elasticities }: ImpactReport, style: Style): string {
  if (elasticities.length === 0) return '';
  return renderTable(
    [left('parameter'), right('growth for +1 pp'), right('payroll for +1 %'), left('from')],
    elasticities.map(({ parameter_name, growth_per_point, payroll_percent_per_percent, method }) => [
      parameter_name,
      growth_per_point === null ? '' : points(growth_per_point, 3),
      payroll_percent_per_percent === null ? '' : percent(payroll_percent_per_percent, 3),
      method === 'central' ? 'both sides' : method === null ? '' : `${method} only`,
    ]),
    style,
  );
}

function heatMap(cells: readonly HeatCell[], style: Style): string {
  const parameters = [...new Set(cells.map(({ parameter_name }) => parameter_name))];
  const places = [...new Set(cells.map(placeText))];
  if (cells.length === 0) return '';
  const cell = (parameter: ParameterName, place: string): string =>
    points(cells.find((one) => one.parameter_name === parameter && placeText(one) === place)?.growth ?? 0, 3);
  return renderTable(
    [left('parameter'), ...places.map(right)],
    parameters.map((parameter) => [parameter, ...places.map((place) => cell(parameter, place))]),
    style,
  );
}

const placeText = ({ fiscal_year, job_level }: HeatCell): string =>
  [fiscal_year, job_level === null ? null : `L${job_level}`].filter((part) => part !== null).join(' ');
