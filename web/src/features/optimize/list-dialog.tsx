/** A list of a request, edited row by row beside the form; it is taken as a whole, or not at all. */
import { ActionIcon, Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';

export interface ListColumn<Row> {
  readonly head: string;
  readonly cell: (row: Row, name: string, change: (part: Partial<Row>) => void) => ReactNode;
}

export interface ListDialogProps<Row> {
  readonly title: string;
  readonly explanation: ReactNode;
  /** What one row is called, such as `limit`. */
  readonly what: string;
  readonly rows: readonly Row[];
  readonly fresh: () => Row;
  readonly columns: readonly ListColumn<Row>[];
  readonly faultOf: (row: Row) => string | undefined;
  readonly onTake: (rows: readonly Row[]) => void;
  readonly onClose: () => void;
}

export function ListDialog<Row>(props: ListDialogProps<Row>) {
  const { title, explanation, what, fresh, columns, faultOf, onTake, onClose } = props;
  const [rows, setRows] = useState<readonly Row[]>(props.rows.length === 0 ? [fresh()] : props.rows);
  const faults = rows.flatMap((row, index) => {
    const fault = faultOf(row);
    return fault === undefined ? [] : [`${what} ${index + 1}: ${fault}`];
  });
  return (
    <Modal opened onClose={onClose} title={title} size="64rem">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
        <Table.ScrollContainer minWidth={760} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={title} verticalSpacing={4} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {columns.map(({ head }) => (
                  <Table.Th key={head} scope="col" fz="xs">
                    {head}
                  </Table.Th>
                ))}
                <Table.Th scope="col" fz="xs">
                  Remove
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, index) => (
                <Table.Tr key={index}>
                  {columns.map(({ head, cell }) => (
                    <Table.Td key={head}>
                      {cell(row, `${head}, ${what} ${index + 1}`, (part) =>
                        setRows(rows.with(index, { ...row, ...part })),
                      )}
                    </Table.Td>
                  ))}
                  <Table.Td>
                    <ActionIcon
                      variant="default"
                      aria-label={`Remove ${what} ${index + 1}`}
                      onClick={() => setRows(rows.toSpliced(index, 1))}
                    >
                      ✕
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {faults.map((fault) => (
          <Text key={fault} size="sm" className="tone-bad" role="alert">
            ✕ {fault}
          </Text>
        ))}
        <Group justify="space-between">
          <Button variant="default" size="compact-sm" onClick={() => setRows([...rows, fresh()])}>
            Add a {what}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave as it was
            </Button>
            <Button
              disabled={faults.length > 0}
              onClick={() => {
                onTake(rows);
                onClose();
              }}
            >
              {rows.length === 0
                ? `Take no ${what}`
                : `Take ${rows.length} ${what}${rows.length === 1 ? '' : 's'}`}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
