/** One printable page about a simulation. */
import { Button, Stack, Text } from '@mantine/core';
import { Overview, type ViewProps } from './overview.js';
import { moment } from '../../ui/number.js';

export function ReportView({ choice, simulation }: ViewProps) {
  const listing = choice.known.find(({ simulation_id }) => simulation_id === simulation);
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>Report of simulation {simulation}</Text>
        <Text size="sm" c="dimmed">
          Scenario {listing?.scenario ?? '–'}, plan years {listing?.first_year}–{listing?.last_year}, random
          seed {listing?.seed}, made {moment(listing?.made_at)}.
        </Text>
      </div>
      <Button w="fit-content" size="compact-sm" className="no-print" onClick={() => window.print()}>
        Print or save as PDF
      </Button>
      <Overview choice={choice} simulation={simulation} />
    </Stack>
  );
}
