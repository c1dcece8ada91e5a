/** The pages and what each keeps in the URL; each page is loaded when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { METRICS, STATUSES, STRATEGIES, TARGET_MODES } from '../../../src/shared/contract/choices.terms.js';
import { PARAMETER_NAMES } from '../../../src/levers/catalogue.terms.js';
import { chosen, decimal, oneOf, readContext, someOf, text, wholeNumber } from './context.js';
import { Broken, NotFound } from './broken.js';
import { Shell } from './shell.js';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const SIMULATION = /^[0-9a-f]{32}$/;
const SIMULATIONS = /^[0-9a-f]{32}(,[0-9a-f]{32}){0,5}$/;
const ANY_TEXT = /^.{1,300}$/;

/** Rows of a list, which the page that shows them reads one by one. */
const someRows = (value: unknown): unknown[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value : undefined;

const root = createRootRoute({
  component: Shell,
  validateSearch: readContext,
  // Whatever a link says or leaves out, it is about the company of the page.
  search: { middlewares: [retainSearchParams(['company'])] },
  errorComponent: Broken,
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => redirect({ to: '/parameters', throw: true }),
});

const parameters = createRoute({
  getParentRoute: () => root,
  path: '/parameters',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      lever: oneOf(search['lever'], PARAMETER_NAMES),
      year: wholeNumber(search['year'], 2020, 2060),
    }),
  component: lazyRouteComponent(() => import('../features/parameters/page.js'), 'ParametersPage'),
});

const impact = createRoute({
  getParentRoute: () => root,
  path: '/impact',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      target: decimal(search['target'], -50, 50),
      statuses: someOf(search['statuses'], STATUSES)?.join(','),
    }),
  component: lazyRouteComponent(() => import('../features/impact/page.js'), 'ImpactPage'),
});

const simulate = createRoute({
  getParentRoute: () => root,
  path: '/simulate',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({ job: text(search['job'], ID), plan: oneOf(search['plan'], ['yes']) }),
  component: lazyRouteComponent(() => import('../features/simulate/page.js'), 'SimulatePage'),
});

const results = createRoute({
  getParentRoute: () => root,
  path: '/results',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      simulation: text(search['simulation'], SIMULATION),
      with: text(search['with'], SIMULATIONS),
      statuses: someOf(search['statuses'], STATUSES)?.join(','),
      metric: oneOf(search['metric'], METRICS),
      target: decimal(search['target'], -50, 50),
      view: oneOf(search['view'], ['overview', 'compare', 'rows', 'report']),
      year: wholeNumber(search['year'], 2020, 2060),
      parts: oneOf(search['parts'], ['mean']) ?? wholeNumber(search['parts'], 2020, 2060),
      all: oneOf(search['all'], ['yes']),
      person: text(search['person'], ANY_TEXT),
      number: text(search['number'], ANY_TEXT),
    }),
  component: lazyRouteComponent(() => import('../features/results/page.js'), 'ResultsPage'),
});

const optimize = createRoute({
  getParentRoute: () => root,
  path: '/optimize',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      run: text(search['run'], ID),
      target: decimal(search['target'], -50, 50),
      tolerance: decimal(search['tolerance'], 0.001, 5),
      max: wholeNumber(search['max'], 1, 50),
      strategy: oneOf(search['strategy'], STRATEGIES),
      mode: oneOf(search['mode'], TARGET_MODES),
      metric: oneOf(search['metric'], METRICS),
      tune: someOf(search['tune'], PARAMETER_NAMES)?.join(','),
      seeds: wholeNumber(search['seeds'], 1, 64),
      approval: oneOf(search['approval'], ['yes']),
      limits: someRows(search['limits']),
      goals: someRows(search['goals']),
      lever: oneOf(search['lever'], PARAMETER_NAMES),
      effects: oneOf(search['effects'], ['yes']),
      analysis: oneOf(search['analysis'], ['steps', 'trials', 'strategies']),
    }),
  component: lazyRouteComponent(() => import('../features/optimize/page.js'), 'OptimizePage'),
});

const assets = createRoute({
  getParentRoute: () => root,
  path: '/assets',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      select: text(search['select'], ANY_TEXT),
      view: oneOf(search['view'], ['graph', 'list', 'checks', 'history']),
      asset: text(search['asset'], ANY_TEXT),
      open: text(search['open'], ANY_TEXT),
      run: text(search['run'], ID),
    }),
  component: lazyRouteComponent(() => import('../features/assets/page.js'), 'AssetsPage'),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: (search: Record<string, unknown>) =>
    chosen({
      find: text(search['find'], ANY_TEXT),
      status: text(search['status'], ID),
      compare: text(search['compare'], ANY_TEXT),
      order: oneOf(search['order'], ['newest', 'failed', 'gap']),
      archived: oneOf(search['archived'], ['yes']),
    }),
  component: lazyRouteComponent(() => import('../features/runs/page.js'), 'RunsPage'),
});

const runReport = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run/report',
  component: lazyRouteComponent(() => import('../features/runs/report.js'), 'RunReportPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    parameters,
    impact,
    simulate,
    results,
    optimize,
    assets,
    runs,
    runReport,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
