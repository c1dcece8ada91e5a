/** Starts the page. */
import '@mantine/core/styles.css';
import './page.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from '../api/http.js';
import { leversQuery, scenariosQuery, sessionQuery, settingsQuery } from '../api/queries.js';
import { readContext } from './context.js';
import { router } from './router.js';
import { Themed } from './themed.js';

const FEW_TRIES = 2;

const UNAUTHORIZED = 401;

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended meanwhile leads back to the form.
    onError: (error, { queryKey }) => {
      const ended = error instanceof ApiProblem && error.problem.status === UNAUTHORIZED;
      if (ended && queryKey[0] !== 'session') void queries.invalidateQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one; only a server that is away is asked again.
      retry: (failures, error) =>
        failures < FEW_TRIES && error instanceof ApiProblem && error.problem.code === 'API_UNREACHABLE',
    },
  },
});

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element "root"');

// Asked while the page's own code is still on its way.
void queries.prefetchQuery(settingsQuery);
void queries.prefetchQuery(sessionQuery);
void queries.prefetchQuery(scenariosQuery);
void queries.prefetchQuery(leversQuery(scenarioOf(window.location)));

createRoot(place).render(
  <StrictMode>
    <Themed>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Themed>
  </StrictMode>,
);

function scenarioOf({ search }: Location): string {
  return readContext(Object.fromEntries(new URLSearchParams(search))).scenario ?? 'default';
}
