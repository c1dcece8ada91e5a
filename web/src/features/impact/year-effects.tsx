/** Growth and payroll by year, with the current levers and with the draft. */
import type { ImpactReport } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { millions, percent, percentagePoints, signedMillions } from '../../ui/number.js';

export function YearEffects({
  report: { baseline, proposed, difference },
}: {
  readonly report: ImpactReport;
}) {
  const lines = baseline.by_year.map((current, index) => ({
    current,
    draft: proposed.by_year[index],
    change: difference.by_year[index],
  }));
  return (
    <Panel title="By year">
      <FigureTable
        label="Effect by year"
        rows={lines}
        rowKey={({ current }) => current.year}
        columns={[
          { head: 'Year', cell: ({ current }) => <strong>{current.year}</strong> },
          { head: 'Growth, current', number: true, cell: ({ current }) => percent(current.growth) },
          { head: 'Growth, draft', number: true, cell: ({ draft }) => percent(draft?.growth) },
          { head: 'Change', number: true, cell: ({ change }) => percentagePoints(change?.growth) },
          { head: 'Payroll, current', number: true, cell: ({ current }) => millions(current.payroll) },
          { head: 'Payroll, draft', number: true, cell: ({ draft }) => millions(draft?.payroll) },
          { head: 'Change', number: true, cell: ({ change }) => signedMillions(change?.payroll) },
        ]}
      />
    </Panel>
  );
}
