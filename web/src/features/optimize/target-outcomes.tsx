/** What became of each target of a run that had several. */
import { Text } from '@mantine/core';
import type { OptimizationResult } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { millions } from '../../ui/number.js';
import { KIND_WORDS, TARGET_METRIC_WORDS, targetGapText, targetText } from '../../ui/target-words.js';

type Outcome = NonNullable<OptimizationResult['targets']>[number];

export function TargetOutcomes({ targets }: { readonly targets: readonly Outcome[] }) {
  const met = targets.filter((target) => target.met).length;
  return (
    <Panel title="Targets">
      <Text size="sm" mb={4}>
        {met} of {targets.length} {targets.length === 1 ? 'target is' : 'targets are'} met.
      </Text>
      <FigureTable
        label="Targets"
        oneLine
        rows={targets}
        rowKey={({ fiscal_year, metric, kind, value }) => `${fiscal_year}/${metric}/${kind}/${value}`}
        columns={[
          { head: 'Year', cell: ({ fiscal_year }) => fiscal_year },
          { head: 'Figure', cell: ({ metric }) => TARGET_METRIC_WORDS[metric].name },
          {
            head: 'Wanted',
            number: true,
            cell: ({ kind, metric, value }) => `${KIND_WORDS[kind]} ${targetText(metric, value)}`,
          },
          { head: 'Before', number: true, cell: ({ metric, baseline }) => targetText(metric, baseline) },
          {
            head: 'Now',
            number: true,
            cell: ({ metric, final }) => <strong>{targetText(metric, final)}</strong>,
          },
          { head: 'Wanted − now', number: true, cell: ({ metric, gap }) => targetGapText(metric, gap) },
          { head: 'Priority', cell: ({ priority }) => priority },
          { head: 'Outcome', cell: outcomeOf },
          {
            head: 'A point costs',
            number: true,
            cell: ({ cost_per_point }) => millions(cost_per_point),
          },
        ]}
      />
      <Text size="xs" c="dimmed">
        A point costs: change of the payroll of all years for 1 pp of a rate, or 1 % of an amount, more.
      </Text>
    </Panel>
  );
}

function outcomeOf({ met, gave_way }: Outcome) {
  if (met) return <span className="tone-good">✓ met</span>;
  return <span className="tone-warn">{gave_way ? '≠ gave way to others' : '⊘ out of reach'}</span>;
}
