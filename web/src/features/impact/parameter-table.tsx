/** Each lever: what it is, what the draft makes of it, and what that does. */
import { PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { ImpactReport } from '../../api/types.js';
import type { Levers } from '../../draft/use-levers.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { leverChangeText, leverText } from '../../ui/lever-value.js';
import { percentagePoints, signedMillions } from '../../ui/number.js';
import { PARAMETER_WORDS } from '../../ui/words.js';

export interface ParameterTableProps {
  readonly levers: Levers;
  readonly report: ImpactReport;
  /** With elasticities; undefined while they are simulated. */
  readonly swings: ImpactReport | undefined;
}

export function ParameterTable({ levers, report, swings }: ParameterTableProps) {
  const mean = (
    name: ParameterName,
    of: (year: number, level: number) => number | undefined,
  ): number | null => {
    const rows = levers.grid.levers.filter(({ parameter_name }) => parameter_name === name);
    const values = rows
      .map((row) => of(row.fiscal_year, row.job_level))
      .filter((value) => value !== undefined);
    return values.length === 0
      ? null
      : Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(6));
  };
  const lines = PARAMETER_NAMES.map((name) => ({
    name,
    current: mean(name, (year, level) => levers.row(year, level, name)?.parameter_value),
    proposed: mean(name, (year, level) => levers.value(year, level, name)),
    part: report.waterfall.find(({ parameter_name }) => parameter_name === name),
    elasticity: swings?.elasticities.find(({ parameter_name }) => parameter_name === name),
  }));
  return (
    <Panel title="By lever">
      <FigureTable
        label="Effect by lever"
        rows={lines}
        rowKey={({ name }) => name}
        columns={[
          { head: 'Lever', cell: ({ name }) => PARAMETER_WORDS[name] },
          { head: 'Current average', number: true, cell: ({ current }) => leverText(current) },
          { head: 'Draft average', number: true, cell: ({ proposed }) => leverText(proposed) },
          {
            head: 'Change',
            number: true,
            cell: ({ current, proposed }) =>
              current === null || proposed === null ? '–' : leverChangeText(current, proposed),
          },
          {
            head: 'Growth',
            unit: 'pp',
            number: true,
            cell: ({ part }) => percentagePoints(part?.growth ?? 0, 3),
          },
          {
            head: 'Payroll of all years',
            number: true,
            cell: ({ part }) => signedMillions(part?.payroll ?? 0),
          },
          {
            head: 'Growth per +1 pp of the lever',
            unit: 'pp',
            number: true,
            cell: ({ elasticity }) => percentagePoints(elasticity?.growth_per_point, 3),
          },
        ]}
      />
    </Panel>
  );
}
