/** The runs that a simulation belongs to, and how far its growth depends on chance where one of them tells. */
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runQuery } from '../../api/queries.js';
import type { RunsOfSimulation } from '../../api/types.js';
import { UncertaintyChart } from '../../ui/uncertainty-chart.js';
import { useRunsOf } from './search.js';

const MOST = 4;

type Part = RunsOfSimulation['runs'][number];

const roleText = ({ role, iteration }: Part): string => {
  if (role === 'kept') return 'kept by';
  return role === 'seed' ? 'a random seed of' : `iteration ${iteration} of`;
};

/** Links back to the runs; nothing for a simulation that no run made. */
export function FromRuns({ simulation }: { readonly simulation: string }) {
  const runs = useRunsOf(simulation);
  if (runs.length === 0) return null;
  return (
    <Group gap={4}>
      <Text size="sm">This simulation is</Text>
      {runs.slice(0, MOST).map((part) => (
        <Text size="sm" key={part.run_id}>
          {roleText(part)}{' '}
          <Link to="/optimize" search={{ run: part.run_id } as never}>
            run {part.run_id}
          </Link>
        </Text>
      ))}
      {runs.length > MOST && <Text size="sm">and {runs.length - MOST} more</Text>}
    </Group>
  );
}

/** The band of the newest run that keeps this simulation and was judged on other seeds. */
export function SeedBand({ simulation }: { readonly simulation: string }) {
  const kept = useRunsOf(simulation).find(({ role }) => role === 'kept');
  const { data } = useQuery({ ...runQuery(kept?.run_id ?? ''), enabled: kept !== undefined });
  const result = data?.result;
  if (result?.uncertainty == null) return null;
  return <UncertaintyChart uncertainty={result.uncertainty} target={result.target_growth} />;
}
