/** Parameter Overview: the levers as they are and as proposed, by level and year. */
import { Grid, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import { RoleButton } from '../../access/role-button.js';
import { settingsQuery } from '../../api/queries.js';
import { useWeights } from '../../draft/use-weights.js';
import { useLevers } from '../../draft/use-levers.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureCard, FigureCards, PageHead, Panel, Waiting } from '../../ui/figures.js';
import { leverChangeText, leverText } from '../../ui/lever-value.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';
import { averageOf } from './averages.js';
import { CellPanel } from './cell-panel.js';
import { ChecksPanel } from './checks-panel.js';
import { FileActions } from './file-actions.js';
import { HistoryPanel } from './history-panel.js';
import { LevelTable } from './level-table.js';
import { ScenarioDialog } from './scenario-dialog.js';
import { YearGrid } from './year-grid.js';

const route = getRouteApi('/parameters');

export function ParametersPage() {
  const { lever, year } = route.useSearch();
  const navigate = useNavigate({ from: '/parameters' });
  const { levers, error, scenario } = useLevers();
  const settings = useQuery(settingsQuery).data;
  const { weights, words } = useWeights(scenario);
  const [touched, setTouched] = useState<{ name: ParameterName; level: number; year?: number }>();
  const [naming, setNaming] = useState(false);
  if (error) return <ErrorNotice error={error} />;
  if (levers === undefined) return <Waiting what="the levers" />;
  const { years } = levers.grid;
  const shownYears = year === undefined ? years : [year];
  const levelNames = Object.fromEntries(
    settings?.job_levels.map(({ level_id, name }) => [level_id, name]) ?? [],
  );
  const choose = (part: { lever?: ParameterName | undefined; year?: number | undefined }): void => {
    setTouched(undefined);
    void navigate({ search: (before) => ({ ...before, ...part }) as typeof before });
  };
  return (
    <>
      <PageHead
        title="Parameter Overview"
        actions={
          <>
            <FileActions grid={levers.grid} />
            <RoleButton needs="approver" size="compact-sm" variant="default" onClick={() => setNaming(true)}>
              New scenario
            </RoleButton>
          </>
        }
      >
        Levers of {scenario}
        {levers.grid.inherits.length > 1
          ? `, which inherits from ${levers.grid.inherits.slice(1).join(', ')}`
          : ''}
        . Averages are over the five levels{year === undefined ? ' and all years' : ` in ${year}`}, {words}.
      </PageHead>
      <Stack gap="md">
        <FigureCards columns={5}>
          {PARAMETER_NAMES.map((name) => (
            <AverageCard key={name} name={name} average={averageOf(levers, name, shownYears, weights)} />
          ))}
        </FigureCards>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Panel
              title={lever === undefined ? 'By level' : `${PARAMETER_WORDS[lever]} by level and year`}
              actions={
                <>
                  <SegmentedControl
                    size="xs"
                    aria-label="What the table shows"
                    data={[
                      { value: 'all', label: 'All levers' },
                      ...PARAMETER_NAMES.map((value) => ({ value, label: SHORT_PARAMETER_WORDS[value] })),
                    ]}
                    value={lever ?? 'all'}
                    onChange={(value) => choose({ lever: PARAMETER_NAMES.find((name) => name === value) })}
                  />
                  {lever === undefined && (
                    <NativeSelect
                      size="xs"
                      aria-label="Year of the table"
                      data={[{ value: '', label: 'all years at once' }, ...years.map(String)]}
                      value={year ?? ''}
                      onChange={({ currentTarget: { value } }) =>
                        choose({ year: value === '' ? undefined : Number(value) })
                      }
                    />
                  )}
                </>
              }
            >
              {lever === undefined ? (
                <LevelTable
                  levers={levers}
                  years={shownYears}
                  levelNames={levelNames}
                  onSelect={(name, level) => setTouched({ name, level })}
                />
              ) : (
                <YearGrid
                  levers={levers}
                  name={lever}
                  years={years}
                  selected={
                    touched?.year === undefined ? undefined : { year: touched.year, level: touched.level }
                  }
                  onSelect={(selectedYear, level) => setTouched({ name: lever, level, year: selectedYear })}
                />
              )}
            </Panel>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Stack gap="md">
              {touched && (
                <CellPanel
                  levers={levers}
                  name={touched.name}
                  level={touched.level}
                  years={touched.year === undefined ? shownYears : [touched.year]}
                />
              )}
              <ChecksPanel levers={levers} />
            </Stack>
          </Grid.Col>
        </Grid>
        <HistoryPanel scenario={scenario} current={levers.grid.lever_set} />
      </Stack>
      {naming && <ScenarioDialog from={scenario} onClose={() => setNaming(false)} />}
    </>
  );
}

interface AverageCardProps {
  readonly name: ParameterName;
  readonly average: { readonly current: number; readonly proposed: number } | undefined;
}

function AverageCard({ name, average }: AverageCardProps) {
  if (average === undefined) return <FigureCard label={`${PARAMETER_WORDS[name]}, average`} value="–" />;
  const current = Number(average.current.toFixed(6));
  const proposed = Number(average.proposed.toFixed(6));
  return (
    <FigureCard
      label={`${PARAMETER_WORDS[name]}, average`}
      value={leverText(proposed)}
      note={
        current === proposed
          ? 'no change'
          : `current ${leverText(current)}, ${leverChangeText(current, proposed)}`
      }
      tone={current === proposed ? 'plain' : 'warn'}
    />
  );
}
