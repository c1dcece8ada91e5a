/** A small table of figures: numbers to the right in tabular figures, words to the left. */
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface FigureColumn<Row> {
  readonly head: ReactNode;
  /** Unit under the head, such as `USD a year`. */
  readonly unit?: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface FigureTableProps<Row> {
  /** Read by screen readers; says what the table holds. */
  readonly label: string;
  readonly columns: readonly FigureColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly isCurrent?: (row: Row) => boolean;
  /** Keeps each cell on one line. */
  readonly oneLine?: boolean;
}

export function FigureTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  isCurrent,
  oneLine,
}: FigureTableProps<Row>) {
  return (
    <Table.ScrollContainer
      minWidth={320}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}
    >
      <Table
        className={oneLine ? 'figures one-line' : 'figures'}
        aria-label={label}
        verticalSpacing={4}
        horizontalSpacing={oneLine ? 6 : 'sm'}
        highlightOnHover
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, index) => (
              <Table.Th key={index} data-number={column.number || undefined} scope="col">
                {column.head}
                {column.unit !== undefined && (
                  <span style={{ fontWeight: 400, color: 'var(--mantine-color-dimmed)' }}>
                    {' '}
                    ({column.unit})
                  </span>
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} aria-current={isCurrent?.(row) || undefined}>
              {columns.map((column, index) => (
                <Table.Td key={index} data-number={column.number || undefined}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
