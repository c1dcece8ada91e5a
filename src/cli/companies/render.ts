/** Companies as text. */
import type { Company } from '../../companies/companies.js';
import type { CompanyListing, CompanyVersion } from '../../companies/company.contract.js';
import { count } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

export function renderListing(companies: readonly CompanyListing[], style: Style): string {
  const columns = [
    left('company'),
    right('version'),
    right('active'),
    left('as of'),
    left('currency'),
    left(''),
  ];
  const rows = companies.map(({ company, version, active, as_of, currency, in_use }) => [
    company,
    version === null ? '–' : String(version),
    count(active),
    as_of,
    currency,
    in_use ? 'in use' : '',
  ]);
  return renderTable(columns, rows, style);
}

export function renderCompany(company: Company, style: Style): string {
  const { levels, segments, notices, currency } = company;
  const named = company.version === null ? company.company : `${company.company}, version ${company.version}`;
  return [
    style.bold(named),
    `${count(company.active)} people on ${company.as_of}, pay in ${currency} a year (${company.file})`,
    '',
    levelTable(levels, style),
    ...(segments.length === 0
      ? []
      : ['', `Segments: ${segments.map(({ name, values }) => `${name} (${values})`).join(', ')}`]),
    ...(notices.length === 0 ? [] : ['', ...notices.map(({ message }) => style.warn(`Note: ${message}`))]),
  ].join('\n');
}

export const levelTable = (levels: readonly Company['levels'][number][], style: Style): string =>
  renderTable(
    [right('level'), left('name'), right('people'), right('lowest'), right('midpoint'), right('highest')],
    levels.map(({ level, name, people, min, mid, max }) => [
      String(level),
      name,
      count(people),
      ...[min, mid, max].map((pay) => count(pay)),
    ]),
    style,
  );

export function renderVersions(name: string, versions: readonly CompanyVersion[], style: Style): string {
  if (versions.length === 0) return `The settings of ${name} are the product's own: it has no versions.`;
  const columns = [
    right('version'),
    left('when (UTC)'),
    left('by'),
    left('did'),
    right('active'),
    left('as of'),
    left('reason'),
  ];
  const rows = versions.map(({ version, at, by, action, active, as_of, reason }) => [
    String(version),
    at.slice(0, 16).replace('T', ' '),
    by,
    action,
    count(active),
    as_of,
    reason,
  ]);
  return renderTable(columns, rows, style);
}
