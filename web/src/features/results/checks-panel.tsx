/** The checks of a simulation and what it was made of. */
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { simulationQuery } from '../../api/queries.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, Waiting } from '../../ui/figures.js';
import { moment, seconds } from '../../ui/number.js';
import { plainWords } from '../../ui/words.js';

interface Check {
  readonly name: string;
  readonly violations: number;
  readonly seconds: number;
  /** What a check that was not asked itself says. */
  readonly follows_from?: readonly string[];
}

export function ChecksPanel({ simulation }: { readonly simulation: string }) {
  const { data, error } = useQuery(simulationQuery(simulation));
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the checks" />;
  const { provenance, summary } = data;
  const checks = ((provenance as { checks?: readonly Check[] } | null)?.checks ?? []).toSorted(
    (left, right) => right.violations - left.violations || left.name.localeCompare(right.name),
  );
  const failed = checks.filter(({ violations }) => violations > 0).length;
  return (
    <Panel title="Checks and provenance">
      <Stack gap="xs">
        <Text size="sm" className={failed === 0 ? 'tone-good' : 'tone-bad'}>
          {checks.length === 0
            ? 'No check was recorded.'
            : failed === 0
              ? `✓ All ${checks.length} checks pass.`
              : `✕ ${failed} of ${checks.length} checks fail.`}
        </Text>
        {provenance && (
          <Group gap="lg">
            <Fact name="Simulation" value={provenance.simulation_id} />
            <Fact name="Made" value={moment(provenance.made_at)} />
            <Fact name="Random seed" value={String(provenance.seed)} />
            <Fact name="Engine" value={`${provenance.engine}, ${seconds(summary.seconds)}`} />
            <Fact name="Census (SHA-256)" value={provenance.census.sha256.slice(0, 16)} />
            <Fact name="Lever set" value={provenance.lever_set.slice(0, 16)} />
            <Fact name="dbt code" value={provenance.dbt_code.slice(0, 16)} />
          </Group>
        )}
        {checks.length > 0 && (
          <details>
            <summary>Each check</summary>
            <FigureTable
              label="Checks"
              rows={checks}
              rowKey={({ name }) => name}
              columns={[
                { head: 'Check', cell: ({ name }) => plainWords(name) },
                {
                  head: 'Result',
                  cell: ({ violations, follows_from: from }) =>
                    from !== undefined
                      ? `✓ follows from ${from.join(', ')}`
                      : violations === 0
                        ? '✓ passes'
                        : `✕ ${violations} rows`,
                },
                { head: 'Seconds', number: true, cell: (check) => seconds(check.seconds) },
              ]}
            />
          </details>
        )}
      </Stack>
    </Panel>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <Text size="xs" c="dimmed">
      {name}
    </Text>
    <Text size="xs" ff="monospace">
      {value}
    </Text>
  </div>
);
