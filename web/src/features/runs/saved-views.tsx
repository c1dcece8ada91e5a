/** Filters under a name of one's own, kept in this browser. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import { own } from '../../../../src/shared/own.terms.js';

export type ViewQuery = Readonly<Record<string, string>>;

export interface SavedViewsProps {
  readonly current: ViewQuery;
  readonly onChoose: (view: ViewQuery) => void;
}

export function SavedViews({ current, onChoose }: SavedViewsProps) {
  const [views, setViews] = useLocalStorage<Readonly<Record<string, ViewQuery>>>({
    key: 'meritloop-run-views',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const [name, setName] = useState('');
  const text = JSON.stringify(current);
  const shown = Object.entries(views).find(([, view]) => JSON.stringify(view) === text)?.[0] ?? '';
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        label="View"
        data={[{ value: '', label: 'not saved' }, ...Object.keys(views)]}
        value={shown}
        onChange={({ currentTarget: { value } }) => onChoose(own(views, value) ?? {})}
      />
      {shown === '' ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setViews({ ...views, [name.trim()]: current });
            setName('');
          }}
        >
          <Group gap={4} align="flex-end">
            <TextInput
              size="xs"
              w={130}
              label="Save it as"
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Button size="xs" variant="default" type="submit" disabled={name.trim() === ''}>
              Save the view
            </Button>
          </Group>
        </form>
      ) : (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            setViews(Object.fromEntries(Object.entries(views).filter(([known]) => known !== shown)))
          }
        >
          Forget the view
        </Button>
      )}
    </Group>
  );
}
