/** Where the server listens beyond the own machine, it wants a token before anything is shown. */
import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/http.js';
import type { Session } from '../api/types.js';
import { ErrorNotice } from '../ui/error-notice.js';

export function SignIn() {
  const [token, setToken] = useState('');
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: () => post<Session>('/api/session', { token: token.trim() }),
    // The token stays with the browser, in a cookie that no script reads.
    onSuccess: () => queries.resetQueries(),
    onSettled: () => setToken(''),
  });
  return (
    <form
      className="panel sign-in"
      aria-label="Sign in"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Stack gap="sm">
        <Title order={1}>Sign in</Title>
        <Text size="sm">
          This server is open to other machines, so it wants to know who asks. Whoever runs it has a token for
          you.
        </Text>
        <TextInput
          type="password"
          label="Token"
          autoComplete="current-password"
          required
          data-autofocus
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
        />
        {signIn.error && <ErrorNotice error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} disabled={token.trim() === ''}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
