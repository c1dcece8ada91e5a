/** The selection of graph, list, checks and history: typed in the language of the command line, or by groups. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';

export const EVERY = '*';

export interface SelectionBarProps {
  readonly selection: string;
  readonly groups: readonly string[];
  /** Undefined: every asset. */
  readonly onSelect: (selection: string | undefined) => void;
}

export function SelectionBar({ selection, groups, onSelect }: SelectionBarProps) {
  const [text, setText] = useState(selection);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const plain = text.trim();
        onSelect(plain === '' || plain === EVERY ? undefined : plain);
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label="Selection"
          description="Such as +fct_workforce_snapshot, group:flow, kind:seed, status:stale; with and, or, not"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button size="xs" type="submit">
          Select
        </Button>
        {selection !== EVERY && (
          <Button size="xs" variant="default" onClick={() => onSelect(undefined)}>
            Every asset
          </Button>
        )}
      </Group>
      <Group gap={6} mt={6} role="group" aria-label="Groups">
        {groups.map((group) => {
          const whole = `group:"${group}"`;
          const step = (label: string, sign: string, selected: string) => (
            <Button
              size="compact-xs"
              variant="default"
              px={5}
              aria-label={label}
              title={label}
              onClick={() => onSelect(selected)}
            >
              {sign}
            </Button>
          );
          return (
            <Button.Group key={group}>
              {step(`${group} with all that it reads`, '←', `+${whole}`)}
              <Button size="compact-xs" variant="default" onClick={() => onSelect(whole)}>
                {group}
              </Button>
              {step(`${group} with all that reads it`, '→', `${whole}+`)}
            </Button.Group>
          );
        })}
      </Group>
    </form>
  );
}
