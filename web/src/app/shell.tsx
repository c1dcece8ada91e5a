/** What surrounds every page: the tabs, scenario, years and seed, the connection, the draft. */
import {
  ActionIcon,
  Box,
  Container,
  Group,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { DraftBar } from '../draft/draft-bar.js';
import { useAccess } from '../access/use-access.js';
import { Connection } from './connection.js';
import { ContextBar } from './context-bar.js';
import { PAGES } from './pages.js';
import { company } from './company.js';
import { usePageContext } from './use-context.js';

// Only a server that is open to other machines needs these.
const SignIn = lazy(() => import('../access/sign-in.js').then(({ SignIn }) => ({ default: SignIn })));
const RoleNotice = lazy(() =>
  import('../access/role-notice.js').then(({ RoleNotice }) => ({ default: RoleNotice })),
);
const Palette = lazy(() => import('./palette.js').then(({ Palette }) => ({ default: Palette })));

export function Shell() {
  const { chosen } = usePageContext();
  const { needsToken, session } = useAccess();
  useTitle();
  return (
    <Box>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Box
        component="header"
        className="no-print"
        style={{ background: 'var(--meritloop-panel)', borderBottom: '1px solid var(--meritloop-line)' }}
      >
        <Container size="xl">
          <Group justify="space-between" wrap="nowrap" gap="md">
            <Group gap="lg" wrap="nowrap" style={{ minWidth: 0 }}>
              <Text fw={700} visibleFrom="md">
                meritloop
              </Text>
              <nav className="navigation" aria-label="Pages">
                {PAGES.map(({ to, name }) => (
                  <Link key={to} to={to} search={chosen as never} activeOptions={{ includeSearch: false }}>
                    {name}
                  </Link>
                ))}
              </nav>
            </Group>
            <Group gap="sm" wrap="nowrap">
              <Connection />
              <ColourSchemeButton />
            </Group>
          </Group>
        </Container>
      </Box>
      <Container size="xl" py="sm" component="main" id="content" tabIndex={-1}>
        {needsToken ? (
          <Suspense>
            <SignIn />
          </Suspense>
        ) : (
          <>
            <Group justify="space-between" align="flex-end" mb="sm">
              <ContextBar />
              <Text size="xs" c="dimmed" className="no-print">
                Ctrl K: go anywhere
              </Text>
            </Group>
            {session?.authenticated_by === 'token' && (
              <Suspense>
                <RoleNotice session={session} />
              </Suspense>
            )}
            <DraftBar />
            <Outlet />
          </>
        )}
      </Container>
      {!needsToken && (
        <Suspense>
          <Palette />
        </Suspense>
      )}
    </Box>
  );
}

function ColourSchemeButton() {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon
      variant="default"
      size="sm"
      aria-label={`Change to ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === 'light' ? '☾' : '☀'}
    </ActionIcon>
  );
}

/** The tab of the browser names the page. */
function useTitle(): void {
  useOneCompany();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    const page = PAGES.find(({ to }) => path.startsWith(to));
    const site = company === undefined ? 'meritloop' : `${company} – meritloop`;
    document.title = page === undefined ? site : `${page.name} – ${site}`;
  }, [path]);
}

/** Going back to a link of another company loads the page anew. */
function useOneCompany(): void {
  const linked = useRouterState({
    select: ({ location }) => (location.search as { readonly company?: string }).company,
  });
  useEffect(() => {
    if (linked !== undefined && linked !== company) globalThis.location.reload();
  }, [linked]);
}
