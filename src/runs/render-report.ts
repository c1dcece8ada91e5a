/** The report of a run as Markdown, for people. */
import { searchWords } from './attainable.terms.js';
import type { RunReport } from './report.contract.js';
import { markdownText } from '../shared/contract/escaped.terms.js';
import { digitsFor, percentText, pointsText, rangeText } from '../shared/contract/figures.terms.js';
import { TARGET_HEADER, targetCells } from '../tuning/several-targets/target-text.js';
import {
  NOT_JUDGED,
  uncertaintyCells,
  UNCERTAINTY_HEADER,
  uncertaintyLines,
} from '../tuning/random-seeds/uncertainty-text.js';

const HEADLINES: Record<RunReport['status'], string> = {
  converged: 'converged: the growth meets the target',
  not_converged: 'not converged: the closest levers so far are kept',
  infeasible: 'infeasible: no levers inside the bounds meet the target',
  cancelled: 'cancelled: the best trial so far is kept',
  failed: 'failed',
};

/** Digits as on the command line and the page: as many as the tolerance needs. */
function written({ tolerance }: RunReport) {
  const digits = digitsFor(tolerance);
  return {
    digits,
    percent: (value: number) => percentText(value, digits),
    points: (value: number) => pointsText(value, digits),
  };
}

/** With several targets the verdict is about them, not about the growth alone. */
function headline({ status, targets }: RunReport): string {
  if (targets == null) return HEADLINES[status];
  const met = targets.filter((target) => target.met).length;
  return `${status.replace('_', ' ')}: ${met} of ${targets.length} targets met`;
}

/** Digits are for reading; report.json holds the exact values. */
export function renderReport(report: RunReport): string {
  const { percent, points, digits } = written(report);
  return [
    `# Run ${markdownText(report.run_id)}`,
    '',
    `**${headline(report)}**`,
    '',
    ...table(
      ['', ''],
      [
        ['scenario', markdownText(report.scenario)],
        ['requested by', markdownText(report.requested_by)],
        ['target', `${report.target_growth} % ± ${report.tolerance} pp`],
        ['growth before', percent(report.initial_growth)],
        ['growth after', percent(report.final_growth)],
        ['gap left (target minus growth)', points(report.final_gap)],
        ['gap closed', points(report.gap_reduction)],
        ['attainable', `${rangeText(report.attainable_growth, digits)}, ${searchWords(report)}`],
        ['iterations', String(report.iterations_used)],
        ['simulations', `${report.simulations_run} run, ${report.simulations_reused} reused`],
        [
          'levers',
          `set \`${report.lever_set}\`, ${report.applied === 'never' ? 'not applied' : report.applied}`,
        ],
        ['simulation', `\`${report.simulation_id}\``],
      ],
    ),
    ...section('Targets', table(TARGET_HEADER, (report.targets ?? []).map(targetCells))),
    ...section(
      'Recommendations',
      report.recommendations.map(({ message }) => `- ${markdownText(message)}`),
    ),
    ...section('Growth by iteration', [
      ...table(
        ['iteration', 'growth', 'gap', 'seconds'],
        report.iterations.map(({ iteration, growth, gap, seconds }) => [
          String(iteration),
          percent(growth),
          points(gap),
          seconds.toFixed(2),
        ]),
      ),
    ]),
    ...section('Seeds that tuned nothing', uncertaintySection(report)),
    ...section(`Growth by year${ofSeed(report)}`, decompositionTable(report)),
    ...section('Levers before and after, by year and level', leverTable(report)),
    ...section('Bounds and locks', bindingLines(report)),
    ...section(
      'Seconds by stage',
      table(
        ['stage', 'seconds'],
        Object.entries(report.seconds_by_stage).map(([stage, seconds]) => [stage, seconds.toFixed(2)]),
      ),
    ),
    '',
  ].join('\n');
}

function uncertaintySection(report: RunReport): string[] {
  const { uncertainty } = report;
  const { digits } = written(report);
  if (uncertainty === undefined) return [];
  if (uncertainty === null) return [NOT_JUDGED];
  const lines = uncertaintyLines(report, uncertainty, digits).map((line) => `- ${line}`);
  return [...lines, '', ...table(UNCERTAINTY_HEADER, uncertaintyCells(uncertainty, digits))];
}

/** The kept simulation is that of one seed. */
const ofSeed = ({ uncertainty }: RunReport): string =>
  uncertainty == null ? '' : ` with seed ${uncertainty.tuning_seeds[0]}`;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0
    ? []
    : [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

function decompositionTable(report: RunReport): string[] {
  const { percent, points } = written(report);
  return table(
    ['year', 'growth', 'raises', 'promotions', 'hires', 'leavers'],
    (report.decomposition ?? []).map(({ year, growth, raises, promotions, hires, leavers }) => [
      String(year),
      percent(growth),
      ...[raises, promotions, hires, leavers].map(points),
    ]),
  );
}

/** One line per year and parameter, one column per level; a value that stays is shown once. */
function leverTable({ levers }: RunReport): string[] {
  const groups = groupBy(levers, ({ fiscal_year, parameter_name }) => `${fiscal_year} | ${parameter_name}`);
  return table(
    ['year', 'parameter', '1', '2', '3', '4', '5'],
    [...groups].map(([key, rows]) => [
      ...key.split(' | '),
      ...rows
        .toSorted((left, right) => left.job_level - right.job_level)
        .map(({ before, after }) => (before === after ? String(before) : `${before} → ${after}`)),
    ]),
  );
}

function bindingLines({ binding, locked_rows_skipped }: RunReport): string[] {
  const groups = groupBy(
    binding,
    ({ parameter_name, bound }) =>
      `${parameter_name} ${bound === 'locked' ? 'locked' : `at its ${bound} bound`}`,
  );
  const lines = [...groups].map(([text, rows]) => `- ${text}: ${rows.length} rows`);
  return locked_rows_skipped === 0 ? lines : [...lines, `- ${locked_rows_skipped} locked rows were skipped`];
}

function groupBy<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return groups;
}
