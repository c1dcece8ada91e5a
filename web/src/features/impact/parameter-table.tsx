/** Each lever: what it is, what the draft makes of it, and what that does. */
import { Text } from '@mantine/core';
import { PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { ImpactReport } from '../../api/types.js';
import { useWeights } from '../../draft/use-weights.js';
import { weightedMean } from '../../draft/weighted.js';
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
  const { weights, words } = useWeights(levers.grid.scenario);
  const mean = (
    name: ParameterName,
    of: (year: number, level: number) => number | undefined,
  ): number | null => {
    const rows = levers.grid.levers.filter(({ parameter_name }) => parameter_name === name);
    const values = rows.map((row) => ({ level: row.job_level, value: of(row.fiscal_year, row.job_level) }));
    return weightedMean(values, weights) ?? null;
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
      <Text size="xs" c="dimmed">
        Averages are over the five levels and all years, {words}.
      </Text>
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
