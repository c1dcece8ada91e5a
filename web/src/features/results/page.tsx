/** Results: the yearly figures of a stored simulation, side by side with others, down to the rows behind a number. */
import { Button, Checkbox, Group, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { METRICS, STATUSES, type Metric } from '../../../../src/shared/contract/choices.terms.js';
import type { SimulationListing } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { EmptyPlace, PageHead, Waiting } from '../../ui/figures.js';
import { moment, percent, shortId } from '../../ui/number.js';
import { TargetInput } from '../../ui/target-input.js';
import { STATUS_COLOURS } from '../../ui/palette.js';
import { METRIC_WORDS, STATUS_WORDS } from '../../ui/words.js';
import { CompareView } from './compare-view.js';
import { NumberDrawer } from './number-drawer.js';
import { Overview } from './overview.js';
import { PersonDrawer } from './person-drawer.js';
import { ReportView } from './report-view.js';
import { RowsView } from './rows-view.js';
import { DEFAULT_STATUSES, useResultsChoice, type ResultsChoice } from './search.js';

const VIEWS = [
  { value: 'overview', label: 'Overview' },
  { value: 'compare', label: 'Compare' },
  { value: 'rows', label: 'Rows' },
  { value: 'report', label: 'Report' },
];

export function ResultsPage() {
  const choice = useResultsChoice();
  const { simulation, view, error, loading } = choice;
  if (error) return <ErrorNotice error={error} />;
  if (loading) return <Waiting what="the simulations" />;
  if (simulation === undefined)
    return (
      <>
        <PageHead title="Results" />
        <EmptyPlace
          title="No simulation is stored yet"
          action={
            <Button renderRoot={(props) => <Link to="/simulate" {...props} />}>
              Run the first simulation
            </Button>
          }
        >
          A simulation of the sample company takes a few seconds.
        </EmptyPlace>
      </>
    );
  return (
    <>
      <PageHead
        title="Results"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="View of the results"
            data={VIEWS}
            value={view}
            onChange={(value) => choice.choose({ view: value === 'overview' ? undefined : value })}
          />
        }
      />
      <Filters choice={choice} simulation={simulation} />
      {view === 'overview' && <Overview choice={choice} simulation={simulation} />}
      {view === 'compare' && <CompareView choice={choice} simulation={simulation} />}
      {view === 'rows' && <RowsView choice={choice} simulation={simulation} />}
      {view === 'report' && <ReportView choice={choice} simulation={simulation} />}
      <NumberDrawer choice={choice} simulation={simulation} />
      <PersonDrawer choice={choice} simulation={simulation} />
    </>
  );
}

export const simulationLabel = (listing: SimulationListing): string =>
  `${shortId(listing.simulation_id)} · ${listing.scenario} · ${percent(listing.mean_growth)} · ${moment(listing.made_at)}`;

interface FiltersProps {
  readonly choice: ResultsChoice;
  readonly simulation: string;
}

function Filters({ choice, simulation }: FiltersProps) {
  const { known, statuses, metric, goal, choose } = choice;
  const listed = known.some(({ simulation_id }) => simulation_id === simulation);
  return (
    <Stack gap="xs" mb="md" className="no-print">
      <Group gap="md" align="flex-end">
        <NativeSelect
          size="xs"
          label="Simulation"
          data={[
            ...(listed ? [] : [{ value: simulation, label: shortId(simulation) }]),
            ...known.map((listing) => ({ value: listing.simulation_id, label: simulationLabel(listing) })),
          ]}
          value={simulation}
          onChange={({ currentTarget }) =>
            choose({ simulation: currentTarget.value, number: undefined, target: undefined })
          }
        />
        <NativeSelect
          size="xs"
          label="Growth of"
          data={METRICS.map((value: Metric) => ({ value, label: METRIC_WORDS[value] }))}
          value={metric}
          onChange={({ currentTarget: { value } }) =>
            choose({ metric: value === 'mean' ? undefined : value })
          }
        />
        <TargetInput
          target={goal.target}
          onTarget={(value) => choose({ target: value === goal.ofRun ? undefined : value })}
        />
      </Group>
      <Checkbox.Group
        size="xs"
        label="People counted"
        value={[...statuses]}
        onChange={(chosen) => {
          const next = STATUSES.filter((status) => chosen.includes(status));
          if (next.length > 0)
            choose({ statuses: next.join() === DEFAULT_STATUSES.join() ? undefined : next.join(',') });
        }}
      >
        <Group gap="md" mt={4}>
          {STATUSES.map((status) => (
            <Checkbox
              key={status}
              size="xs"
              value={status}
              label={
                <>
                  <span aria-hidden="true" style={{ color: STATUS_COLOURS[status] }}>
                    ■
                  </span>{' '}
                  {STATUS_WORDS[status]}
                </>
              }
            />
          ))}
        </Group>
      </Checkbox.Group>
    </Stack>
  );
}
