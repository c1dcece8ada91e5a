/** Whether the server of this page and a worker answer: a sign, a word, and what to do when not. */
import { Button, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setActingUser } from '../api/acting-user.js';
import { readinessQuery, sessionQuery } from '../api/queries.js';

export function Connection() {
  const { data, error } = useQuery(readinessQuery);
  const session = useQuery(sessionQuery).data;
  const missing = data?.checks.filter(({ ok }) => !ok) ?? [];
  const { sign, word, tone } = error
    ? { sign: '✕', word: 'No connection', tone: 'bad' }
    : data === undefined
      ? { sign: '…', word: 'Connecting', tone: 'plain' }
      : missing.length === 0
        ? { sign: '●', word: 'Connected', tone: 'good' }
        : { sign: '▲', word: `No ${missing.map(({ name }) => name).join(', ')}`, tone: 'warn' };
  return (
    <Popover position="bottom-end" withArrow>
      <Popover.Target>
        <UnstyledButton fz="xs" className={`tone-${tone}`} aria-label={`Connection: ${word}`}>
          <span aria-hidden="true">{sign}</span> {word}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw={380}>
        <Stack gap={6}>
          {error && (
            <Text size="sm">
              The server of this page does not answer. Start `meritloop ui` with the same home.
            </Text>
          )}
          {data?.checks.map(({ name, ok, detail, hint }) => (
            <Text size="sm" key={name}>
              <strong>{name}</strong> {ok ? '✓' : '✕'} {detail}
              {hint === '' ? '' : ` ${hint}`}
            </Text>
          ))}
          {session?.authenticated_by === 'system' && <ActingUser user={session.user} />}
          {session && (
            <Text size="xs" c="dimmed">
              {session.user}, {session.role} · meritloop {session.version}
              {session.temporal_ui && (
                <>
                  {' · '}
                  <a href={session.temporal_ui} target="_blank" rel="noreferrer">
                    Temporal's page
                  </a>
                </>
              )}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** On a loopback server everybody is the system's user unless they say who they are. */
function ActingUser({ user }: { readonly user: string }) {
  const [name, setName] = useState(user);
  const queries = useQueryClient();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setActingUser(name);
        void queries.invalidateQueries({ queryKey: ['session'] });
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          label="You are"
          description="Stands in histories as who did it"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" disabled={name.trim() === ''}>
          Take this name
        </Button>
      </Group>
    </form>
  );
}
