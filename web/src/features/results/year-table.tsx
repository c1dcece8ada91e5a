/** One line a year: growth against the target, headcount by status, pay. */
import { Button, Text } from '@mantine/core';
import { STATUSES } from '../../../../src/shared/contract/choices.terms.js';
import { growthGap } from '../../../../src/shared/contract/figures.terms.js';
import type { Results } from '../../api/types.js';
import { csvText } from '../../ui/csv.js';
import { downloadText } from '../../ui/download.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { count, dollars, millions, percent, percentagePoints, shortId } from '../../ui/number.js';
import { SHORT_STATUS_WORDS, STATUS_WORDS } from '../../ui/words.js';
import { NumberLink } from './number-link.js';
import type { ResultsChoice } from './search.js';

export interface YearTableProps {
  readonly choice: ResultsChoice;
  readonly results: Results;
  /** By year and status, all statuses. */
  readonly split: Results;
}

export function YearTable({ choice, results, split }: YearTableProps) {
  const {
    metric,
    goal: { target },
  } = choice;
  const lines = results.years.map(({ year, growth, why_null }) => ({
    year,
    growth,
    why: why_null,
    row: results.rows.find((row) => row.year === year),
    heads: Object.fromEntries(
      STATUSES.map((status) => [
        status,
        split.rows.find((row) => row.year === year && row.status === status)?.headcount ?? 0,
      ]),
    ),
  }));
  const hidden = results.rows.find(({ why_hidden }) => why_hidden !== null)?.why_hidden;
  const save = (): void =>
    downloadText(
      `results-${shortId(results.simulation_id)}.csv`,
      'text/csv',
      csvText(
        [
          'year',
          `${metric}_growth_percent`,
          ...STATUSES,
          'headcount',
          'mean_pay_usd',
          'median_pay_usd',
          'payroll_usd',
        ],
        lines.map(({ year, growth, heads, row }) => [
          year,
          growth,
          ...STATUSES.map((status) => heads[status]),
          row?.headcount,
          row?.mean_pay,
          row?.median_pay,
          row?.payroll,
        ]),
      ),
    );
  return (
    <Panel
      title="By year"
      actions={
        <Button size="compact-xs" variant="default" onClick={save}>
          Save as CSV
        </Button>
      }
    >
      <FigureTable
        label="Results by year"
        rows={lines}
        rowKey={({ year }) => year}
        columns={[
          { head: 'Year', cell: ({ year }) => <strong>{year}</strong> },
          {
            head: 'Growth',
            unit: '%',
            number: true,
            cell: ({ year, growth, why }) =>
              growth === null ? (
                <span title={why ?? ''}>–</span>
              ) : (
                <NumberLink choice={choice} figure={`growth_${metric}`} year={year} text={percent(growth)} />
              ),
          },
          {
            head: 'Gap',
            unit: 'pp',
            number: true,
            cell: ({ growth }) =>
              percentagePoints(growth === null || target === null ? null : growthGap(target, growth)),
          },
          ...STATUSES.map((status) => ({
            head: <span title={STATUS_WORDS[status]}>{SHORT_STATUS_WORDS[status]}</span>,
            number: true,
            cell: ({ year, heads }: (typeof lines)[number]) => (
              <NumberLink
                choice={choice}
                figure="headcount"
                year={year}
                status={status}
                text={count(heads[status])}
              />
            ),
          })),
          {
            head: 'Mean pay',
            unit: 'USD',
            number: true,
            cell: ({ year, row }) => (
              <NumberLink choice={choice} figure="mean_pay" year={year} text={dollars(row?.mean_pay)} />
            ),
          },
          {
            head: 'Median pay',
            unit: 'USD',
            number: true,
            cell: ({ year, row }) => (
              <NumberLink choice={choice} figure="median_pay" year={year} text={dollars(row?.median_pay)} />
            ),
          },
          {
            head: 'Payroll',
            number: true,
            cell: ({ year, row }) => (
              <NumberLink choice={choice} figure="payroll" year={year} text={millions(row?.payroll)} />
            ),
          },
        ]}
      />
      {hidden == null ? null : <Text size="xs">Pay shown as – is {hidden}.</Text>}
    </Panel>
  );
}
