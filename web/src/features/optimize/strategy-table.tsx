/** The strategies on one question: simulations until the target, how far levers moved, and what it came to. */
import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Strategy } from '../../../../src/shared/contract/choices.terms.js';
import type { RunDetails } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, StateBadge } from '../../ui/figures.js';
import { percentagePoints, seconds, shortId } from '../../ui/number.js';
import { STRATEGY_WORDS } from '../../ui/words.js';
import { effortOf } from './trials.js';
import type { useStrategies } from './use-strategies.js';

export interface StrategyTableProps {
  readonly runId: string;
  readonly strategies: ReturnType<typeof useStrategies>;
}

export function StrategyTable({ runId, strategies: { found, missing, start } }: StrategyTableProps) {
  return (
    <Panel
      title="Strategies on the same question"
      actions={
        missing.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            loading={start.isPending}
            onClick={() => start.mutate(missing)}
          >
            Run {missing.map((strategy) => STRATEGY_WORDS[strategy].name.toLowerCase()).join(' and ')} too
          </Button>
        )
      }
    >
      {start.error && <ErrorNotice error={start.error} />}
      <FigureTable
        label="Strategies on the same question"
        rows={[...found]}
        rowKey={([strategy]) => strategy}
        isCurrent={([, details]) => details.run.run_id === runId}
        columns={[
          { head: 'Strategy', cell: ([strategy]) => STRATEGY_WORDS[strategy].name },
          { head: 'State', cell: ([, { run }]) => <StateBadge state={run.status} /> },
          figure('Iterations', ({ result }) => result?.iterations_used),
          figure('Gap left (pp)', ({ result }) => result && percentagePoints(result.final_gap, 3)),
          figure('Levers moved', ({ result }) => result && effortOf(result).rows),
          figure('Mean change (steps)', ({ result }) => result && effortOf(result).steps.toFixed(2)),
          figure('Time', ({ result }) => result && seconds(result.seconds)),
          {
            head: 'Run',
            cell: ([, { run }]) =>
              run.run_id === runId ? (
                'this one'
              ) : (
                <Link to="/optimize" search={(before) => ({ ...before, run: run.run_id })}>
                  {shortId(run.run_id.slice(-8))}
                </Link>
              ),
          },
        ]}
      />
      <Group>
        <Text size="xs" c="dimmed">
          Iterations: sets of levers simulated after the baseline and both bounds, until the target was met.
          Mean change: root of the mean square over years and levels, each counted once, in ordinary steps.
        </Text>
      </Group>
    </Panel>
  );
}

type Row = readonly [Strategy, RunDetails];

const figure = (head: string, of: (details: RunDetails) => string | number | null | undefined) => ({
  head,
  number: true,
  cell: ([, details]: Row) => of(details) ?? '–',
});
