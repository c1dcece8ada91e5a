/** The lever that was touched last: slider and number bound to each other, its bounds, and who set it before. */
import { Group, NumberInput, Slider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import { get, withQuery } from '../../api/http.js';
import type { CellHistory } from '../../api/types.js';
import type { Levers } from '../../draft/use-levers.js';
import { FigureTable } from '../../ui/figure-table.js';
import { boundsProblem } from '../../ui/bounds.js';
import { Panel } from '../../ui/figures.js';
import { leverDecimal, leverPercent, leverText } from '../../ui/lever-value.js';
import { moment } from '../../ui/number.js';
import { PARAMETER_WORDS } from '../../ui/words.js';

export interface CellPanelProps {
  readonly levers: Levers;
  readonly name: ParameterName;
  readonly level: number;
  /** One year, or all of them moved together. */
  readonly years: readonly number[];
}

export function CellPanel({ levers, name, level, years }: CellPanelProps) {
  const [year = 0] = years;
  const { scenario } = levers.grid;
  const history = useQuery({
    queryKey: ['levers', scenario, 'cell', year, level, name],
    queryFn: ({ signal }) =>
      get<CellHistory>(
        withQuery('/api/levers/cell', {
          scenario,
          fiscal_year: year,
          job_level: level,
          parameter_name: name,
        }),
        signal,
      ),
  });
  const info = levers.grid.parameters.find(({ parameter_name }) => parameter_name === name);
  const value = levers.value(year, level, name);
  if (info === undefined || value === undefined) return null;
  const [low, high] = info.hard_range.map(leverPercent) as [number, number];
  const [from, to] = info.bounds.map(leverPercent) as [number, number];
  const percent = leverPercent(value);
  const locked = years.every((each) => levers.row(each, level, name)?.is_locked);
  const label = `${PARAMETER_WORDS[name]}, level ${level}, ${years.length === 1 ? year : 'all years'}`;
  const set = (next: number): void =>
    levers.change(
      years.map((each) => ({
        cell: { fiscal_year: each, job_level: level, parameter_name: name },
        value: leverDecimal(next),
      })),
    );
  return (
    <Panel title={label}>
      <Stack gap="sm">
        <Group gap="md" wrap="nowrap">
          <Slider
            style={{ flex: 1 }}
            thumbLabel={`${label}, percent`}
            min={Math.min(from, percent)}
            max={Math.max(to, percent)}
            step={info.step * 5}
            label={(shown) => `${shown} %`}
            value={percent}
            disabled={locked}
            onChange={set}
          />
          <NumberInput
            size="xs"
            w={96}
            aria-label={`${label}, percent`}
            suffix=" %"
            min={low}
            max={high}
            step={info.step * 10}
            decimalScale={4}
            value={percent}
            disabled={locked}
            clampBehavior="none"
            error={boundsProblem(percent, [low, high])}
            onChange={(next) => typeof next === 'number' && set(next)}
          />
        </Group>
        <Text size="xs" c="dimmed">
          Hard range {low}–{high} %. The optimiser moves it within {from}–{to} %.
          {locked ? ' Locked: tuning leaves it.' : ''}
        </Text>
        {history.data && history.data.values.length > 0 && (
          <FigureTable
            label={`Values that ${label} had`}
            rows={history.data.values.slice(0, 6)}
            rowKey={({ lever_set }) => lever_set}
            columns={[
              { head: 'Value', number: true, cell: ({ value: past }) => leverText(past) },
              { head: 'Set by', cell: ({ move }) => move?.by ?? 'first import' },
              { head: 'When', cell: ({ move }) => moment(move?.at) },
              { head: 'Why', cell: ({ move }) => move?.reason ?? '' },
            ]}
          />
        )}
      </Stack>
    </Panel>
  );
}
