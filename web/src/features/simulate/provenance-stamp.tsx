/** What a finished simulation was made of: the stamp that stands on a print. */
import { Text } from '@mantine/core';
import type { SimulationDetails } from '../../api/types.js';
import { moment } from '../../ui/number.js';

export function ProvenanceStamp({ provenance }: { readonly provenance: SimulationDetails['provenance'] }) {
  if (provenance === null) return null;
  const { simulation_id, made_at, seed, engine, census, lever_set, dbt_code, scenario, years } = provenance;
  return (
    <Text size="xs" c="dimmed" aria-label="Provenance">
      Simulation {simulation_id}, made {moment(made_at)}: scenario {scenario}, {years.first}–{years.last},
      random seed {seed}, engine {engine}, census {census.sha256.slice(0, 12)} ({census.rows} people), levers{' '}
      {lever_set.slice(0, 12)}, dbt code {dbt_code.slice(0, 12)}.
    </Text>
  );
}
