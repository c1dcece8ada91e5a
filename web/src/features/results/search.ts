/** What the results show, kept in the URL. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { STATUSES, type DetailedStatus, type Metric } from '../../../../src/shared/contract/choices.terms.js';
import { simulationsQuery } from '../../api/queries.js';
import type { RunsOfSimulation, SimulationListing } from '../../api/types.js';
import { goalOf, type Goal } from './goal.js';
import { runsOfQuery } from './queries.js';
import { useSearchAtOnce } from '../../app/use-search.js';

const route = getRouteApi('/results');

export const DEFAULT_STATUSES: readonly DetailedStatus[] = ['continuous_active', 'new_hire_active'];

export type ResultsView = 'overview' | 'compare' | 'rows' | 'report';

export interface ResultsChoice {
  /** The chosen simulation, else the latest; undefined when there is none, or before the list is in. */
  readonly simulation: string | undefined;
  /** Compared with it. */
  readonly others: readonly string[];
  readonly statuses: readonly DetailedStatus[];
  readonly metric: Metric;
  /** What growth is compared with: chosen, else what the run that made the simulation was asked for; null: nothing. */
  readonly goal: Goal;
  readonly view: ResultsView;
  readonly year: number | undefined;
  /** Whose parts of growth are shown; undefined: those of every year. */
  readonly parts: number | 'mean' | undefined;
  readonly showAll: boolean;
  readonly person: string | undefined;
  /** The number that is explained: figure, year, and category or statuses, with slashes between. */
  readonly number: string | undefined;
  readonly known: readonly SimulationListing[];
  readonly loading: boolean;
  readonly error: Error | null;
  readonly choose: (part: Record<string, string | number | undefined>) => void;
}

export function useResultsChoice(): ResultsChoice {
  const navigate = useNavigate({ from: '/results' });
  const [search, choose] = useSearchAtOnce(route.useSearch(), (part) =>
    navigate({ search: (before) => ({ ...before, ...part }) }),
  );
  const { data, isPending, error } = useQuery(simulationsQuery);
  const known = data?.simulations ?? [];
  const simulation = search.simulation ?? known[0]?.simulation_id;
  return {
    simulation,
    others: search.with?.split(',') ?? [],
    statuses: STATUSES.filter(
      (status) => search.statuses?.split(',').includes(status) ?? DEFAULT_STATUSES.includes(status),
    ),
    metric: search.metric ?? 'mean',
    goal: goalOf(search.target, useRunsOf(simulation)),
    view: search.view ?? 'overview',
    year: search.year,
    parts: search.parts,
    showAll: search.all === 'yes',
    person: search.person,
    number: search.number,
    known,
    loading: isPending && search.simulation === undefined,
    error,
    choose,
  };
}

export function useRunsOf(simulation: string | undefined): RunsOfSimulation['runs'] {
  return useQuery({ ...runsOfQuery(simulation ?? ''), enabled: simulation !== undefined }).data?.runs ?? [];
}
