/** Years by levels of one lever: typed, pasted from a spreadsheet, filled to the right or down. */
import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { Edit } from '../../draft/draft.js';
import type { Levers } from '../../draft/use-levers.js';
import { leverDecimal } from '../../ui/lever-value.js';
import { PARAMETER_WORDS } from '../../ui/words.js';
import { LeverCell } from './lever-cell.js';
import { readPaste } from './paste.js';

export interface YearGridProps {
  readonly levers: Levers;
  readonly name: ParameterName;
  readonly years: readonly number[];
  readonly selected: { readonly year: number; readonly level: number } | undefined;
  readonly onSelect: (year: number, level: number) => void;
}

export function YearGrid({ levers, name, years, selected, onSelect }: YearGridProps) {
  const [wrong, setWrong] = useState('');
  const info = levers.grid.parameters.find(({ parameter_name }) => parameter_name === name);
  if (info === undefined) return null;
  const [low, high] = info.hard_range;
  const at = (year: number, level: number, value: number): Edit => ({
    cell: { fiscal_year: year, job_level: level, parameter_name: name },
    value,
  });
  const paste = (text: string, year: number, level: number): boolean => {
    if (!/[\t\n]/.test(text.trim())) return false;
    const read = readPaste(text);
    if ('wrong' in read) {
      setWrong(`“${read.wrong}” is no number; nothing was pasted.`);
      return true;
    }
    const edits = read.rows.flatMap((row, down) =>
      row.flatMap((percent, right) => {
        const [intoYear, intoLevel] = [years[years.indexOf(year) + right], levers.levels[level - 1 + down]];
        return percent === null || intoYear === undefined || intoLevel === undefined
          ? []
          : [at(intoYear, intoLevel, leverDecimal(percent))];
      }),
    );
    const outside = edits.find(({ value }) => value < low || value > high);
    setWrong(
      outside === undefined
        ? ''
        : `${outside.value * 100} for level ${outside.cell.job_level}, ${outside.cell.fiscal_year} lies outside ${low * 100}–${high * 100} %; nothing was pasted.`,
    );
    if (outside === undefined) levers.change(edits);
    return true;
  };
  const source = selected && levers.value(selected.year, selected.level, name);
  const fill = (cells: readonly (readonly [number, number])[]): void => {
    if (source !== undefined) levers.change(cells.map(([year, level]) => at(year, level, source)));
  };
  const laterYears = selected === undefined ? [] : years.filter((year) => year > selected.year);
  return (
    <>
      <Group gap="xs" mb="xs" className="no-print">
        <Button
          size="compact-xs"
          variant="default"
          disabled={selected === undefined}
          onClick={() => selected && fill(laterYears.map((year) => [year, selected.level]))}
        >
          Fill right
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={selected === undefined}
          onClick={() =>
            selected &&
            fill(
              levers.levels.filter((level) => level > selected.level).map((level) => [selected.year, level]),
            )
          }
        >
          Fill down
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={selected === undefined}
          onClick={() => selected && fill(years.map((year) => [year, selected.level]))}
        >
          Apply to all years
        </Button>
        <Text size="xs" c="dimmed">
          Paste from a spreadsheet into any cell: levels down, years to the right. Arrow keys move a value by
          a tenth of a step.
        </Text>
      </Group>
      {wrong !== '' && (
        <Text size="sm" className="tone-bad" role="alert">
          ✕ {wrong}
        </Text>
      )}
      <Table.ScrollContainer minWidth={480}>
        <Table
          className="figures"
          aria-label={`${PARAMETER_WORDS[name]} by level and year, percent`}
          verticalSpacing={3}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Level</Table.Th>
              {years.map((year) => (
                <Table.Th key={year} scope="col" data-number>
                  {year} (%)
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {levers.levels.map((level) => (
              <Table.Tr key={level}>
                <Table.Th scope="row">{level}</Table.Th>
                {years.map((year) => {
                  const row = levers.row(year, level, name);
                  return (
                    <Table.Td key={year} data-number>
                      {row === undefined ? (
                        '–'
                      ) : (
                        <LeverCell
                          label={`${PARAMETER_WORDS[name]}, level ${level}, ${year}, percent`}
                          value={levers.value(year, level, name) ?? null}
                          current={row.parameter_value}
                          range={info.hard_range}
                          step={info.step / 10}
                          locked={row.is_locked}
                          onFocus={() => onSelect(year, level)}
                          onPaste={(text) => paste(text, year, level)}
                          onChange={(value) => levers.change([at(year, level, value)])}
                        />
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
