/** Growth and payroll by year, with the current levers and with the draft. */
import { joinByKey, yearOf } from '../../../../src/shared/by-key.terms.js';
import type { ImpactReport } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { millions, percent, percentagePoints, signedMillions } from '../../ui/number.js';

export function YearEffects({
  report: { baseline, proposed, difference },
}: {
  readonly report: ImpactReport;
}) {
  const lines = joinByKey([baseline.by_year, proposed.by_year], yearOf).map(({ key, rows }) => ({
    year: key,
    current: rows[0],
    draft: rows[1],
    change: difference.by_year.find(({ year }) => year === key),
  }));
  return (
    <Panel title="By year">
      <FigureTable
        label="Effect by year"
        rows={lines}
        rowKey={({ year }) => year}
        columns={[
          { head: 'Year', cell: ({ year }) => <strong>{year}</strong> },
          { head: 'Growth, current', number: true, cell: ({ current }) => percent(current?.growth) },
          { head: 'Growth, draft', number: true, cell: ({ draft }) => percent(draft?.growth) },
          { head: 'Change', number: true, cell: ({ change }) => percentagePoints(change?.growth) },
          { head: 'Payroll, current', number: true, cell: ({ current }) => millions(current?.payroll) },
          { head: 'Payroll, draft', number: true, cell: ({ draft }) => millions(draft?.payroll) },
          { head: 'Change', number: true, cell: ({ change }) => signedMillions(change?.payroll) },
        ]}
      />
    </Panel>
  );
}
