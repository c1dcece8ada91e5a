/** What became of a census file, as text. */
import type { CompanyReport } from '../../companies/add-company.js';
import type { Evidence } from '../../companies/propose-settings.js';
import { count } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';
import { levelTable } from './render.js';

export function renderReport(report: CompanyReport, style: Style): string {
  const { company, version, as_of, active, currency, levels, segments, notices, questions, evidence } =
    report;
  const made =
    version === null ? `${company}: nothing is stored (--dry-run)` : `${company}, version ${version}`;
  return [
    style.bold(made),
    `${count(active)} people on ${as_of}, pay in ${currency} a year`,
    '',
    levelTable(levels, style),
    ...(segments.length === 0
      ? []
      : ['', `Segments: ${segments.map(({ name, values }) => `${name} (${values})`).join(', ')}`]),
    '',
    'Settings read from it',
    evidenceTable(evidence, style),
    ...(notices.length === 0 ? [] : ['', ...notices.map(({ message }) => style.warn(`Note: ${message}`))]),
    ...questions.flatMap(({ message, option }) => ['', `Question: ${message}`, `  answer with ${option}`]),
    ...(version === null
      ? []
      : [
          '',
          `Plan with it: meritloop --company ${company} optimize --target 3`,
          `Make it the one in use: meritloop company use ${company}`,
        ]),
  ].join('\n');
}

export const evidenceTable = (evidence: readonly Evidence[], style: Style): string =>
  renderTable(
    [left('setting'), right('before'), right('now'), left('read from')],
    evidence.map(({ setting, today, proposed, evidence: from }) => [
      setting,
      today === null ? '–' : figure(today),
      figure(proposed),
      from,
    ]),
    style,
  );

const figure = (value: number): string => (Math.abs(value) >= 1000 ? count(value) : value.toFixed(3));
