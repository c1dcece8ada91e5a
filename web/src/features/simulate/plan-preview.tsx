/** What a simulation of these levers would run, and what it would take from an earlier one. */
import { Button, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { post } from '../../api/http.js';
import type { SimulationPlan } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel, Waiting } from '../../ui/figures.js';
import { shortId } from '../../ui/number.js';
import { StepGrid } from './step-grid.js';
import { plannedRows } from './steps.js';

export interface PlanPreviewProps {
  /** What would be asked of the API. */
  readonly question: object;
  /** Set that is current: another one may have another plan. */
  readonly current: string;
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
}

export function PlanPreview({ question, current, shown, onShow }: PlanPreviewProps) {
  const { data, error } = useQuery({
    queryKey: ['simulations', 'plan', current, question],
    queryFn: () => post<SimulationPlan>('/api/simulation-plans', question),
    enabled: shown,
    retry: false,
  });
  return (
    <Panel
      title="What would run"
      actions={
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => onShow(!shown)}>
          {shown ? 'Hide the plan' : 'Look ahead'}
        </Button>
      }
    >
      {error ? (
        <ErrorNotice error={error} />
      ) : !shown ? (
        <Text size="sm" c="dimmed">
          Models by year that would run or be reused, and why; nothing is simulated for it.
        </Text>
      ) : data === undefined ? (
        <Waiting what="the plan" />
      ) : (
        <Plan plan={data} />
      )}
    </Panel>
  );
}

function Plan({ plan }: { readonly plan: SimulationPlan }) {
  const { like, stored, differences, steps } = plan;
  const link =
    like === null ? null : (
      <Link to="/results" search={{ simulation: like } as never}>
        {shortId(like)}
      </Link>
    );
  if (stored)
    return (
      <Text size="sm">
        <span className="tone-good">✓ Nothing:</span> simulation {link} has the same inputs and answers at
        once.
      </Text>
    );
  const runs = steps.filter(({ action }) => action === 'run').length;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {runs} of {steps.length} steps would run
        {link === null ? '' : ', the others are as in simulation '}
        {link}. What differs:
      </Text>
      <List size="sm" spacing={0}>
        {differences.map((difference) => (
          <List.Item key={difference}>{difference}</List.Item>
        ))}
      </List>
      <StepGrid
        label="Steps foreseen"
        rows={plannedRows(plan)}
        years={[...new Set(steps.map(({ year }) => year))]}
        legend="▸ would run. ↺ would be reused where a worker or a checkpoint still has its rows."
        more={[{ head: 'Because of', cell: ({ because }) => because.join(', ') || '–' }]}
      />
    </Stack>
  );
}
