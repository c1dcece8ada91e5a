/** What stands in place of a page that failed, and of one that does not exist. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from '../ui/error-notice.js';

export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Stack p="md" align="flex-start">
      <Title order={1}>This page failed</Title>
      <ErrorNotice error={error} />
      <Button variant="default" onClick={reset}>
        Try again
      </Button>
    </Stack>
  );
}

export function NotFound() {
  return (
    <Stack p="md" align="flex-start">
      <Title order={1}>There is no such page</Title>
      <Text>The link may be cut short.</Text>
      <Link to="/parameters">Open the parameters</Link>
    </Stack>
  );
}
