/** Levels by parameters, for one year or for all years at once. */
import { Table } from '@mantine/core';
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { Levers } from '../../draft/use-levers.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';
import { sharedValue } from './averages.js';
import { LeverCell } from './lever-cell.js';

export interface LevelTableProps {
  readonly levers: Levers;
  readonly years: readonly number[];
  readonly levelNames: Readonly<Record<number, string>>;
  readonly onSelect: (name: ParameterName, level: number) => void;
}

export function LevelTable({ levers, years, levelNames, onSelect }: LevelTableProps) {
  const yearWords = years.length === 1 ? String(years[0]) : 'all years';
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table className="figures" aria-label={`Levers of ${yearWords}, percent`} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Level</Table.Th>
            {levers.grid.parameters.map(({ parameter_name }) => (
              <Table.Th key={parameter_name} scope="col" data-number>
                {SHORT_PARAMETER_WORDS[parameter_name]} (%)
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {levers.levels.map((level) => (
            <Table.Tr key={level}>
              <Table.Th scope="row" style={{ whiteSpace: 'nowrap' }}>
                {level} {levelNames[level]}
              </Table.Th>
              {levers.grid.parameters.map(({ parameter_name: name, hard_range, step }) => {
                const rows = years.map((year) => levers.row(year, level, name));
                const value = sharedValue(years.map((year) => levers.value(year, level, name)));
                if (value === undefined) return <Table.Td key={name}>–</Table.Td>;
                return (
                  <Table.Td key={name} data-number>
                    <LeverCell
                      label={`${PARAMETER_WORDS[name]}, level ${level}, ${yearWords}, percent`}
                      value={value}
                      current={sharedValue(rows.map((row) => row?.parameter_value)) ?? null}
                      range={hard_range}
                      step={step / 10}
                      locked={rows.every((row) => row?.is_locked)}
                      onFocus={() => onSelect(name, level)}
                      onChange={(next) =>
                        levers.change(
                          years.map((year) => ({
                            cell: { fiscal_year: year, job_level: level, parameter_name: name },
                            value: next,
                          })),
                        )
                      }
                    />
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
