/** What a page shows when that is something stored, a simulation or a run, and not what would be started next. */
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { runQuery, simulationQuery, simulationsQuery } from '../api/queries.js';
import { shortId } from '../ui/number.js';
import { storedAt } from './stored-at.js';

export interface Shown {
  /** Such as `Run r1`. */
  readonly what: string;
  /** Null where it keeps no record of what it was made of, or that is not read yet. */
  readonly of: { readonly scenario: string; readonly years: string; readonly seed: number } | null;
}

/** Undefined where the page is about the chosen scenario, years and seed. */
export function useShown(): Shown | undefined {
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const stored = storedAt(pathname, search);
  const isResults = stored !== undefined && 'simulation' in stored;
  const latest = useQuery({ ...simulationsQuery, enabled: isResults && stored.simulation === null }).data
    ?.simulations[0]?.simulation_id;
  const simulation = isResults ? (stored.simulation ?? latest) : undefined;
  const run = stored !== undefined && 'run' in stored ? stored.run : undefined;
  const made = useQuery({ ...simulationQuery(simulation ?? ''), enabled: simulation !== undefined }).data;
  const asked = useQuery({ ...runQuery(run ?? ''), enabled: run !== undefined }).data?.request;
  if (run !== undefined) return { what: `Run ${run}`, of: ofRequest(asked) };
  if (simulation === undefined) return undefined;
  const { provenance } = made ?? {};
  return {
    what: `Simulation ${shortId(simulation)}`,
    of: provenance == null ? null : contextOf(provenance.scenario, provenance.years, provenance.seed),
  };
}

/** A checked request, as it stands in the run's record. */
function ofRequest(request: Readonly<Record<string, unknown>> | null | undefined): Shown['of'] {
  if (request == null) return null;
  const { scenario, years, seed } = request as {
    readonly scenario: string;
    readonly years: { readonly first: number; readonly last: number };
    readonly seed: number;
  };
  return contextOf(scenario, years, seed);
}

const contextOf = (
  scenario: string,
  { first, last }: { readonly first: number; readonly last: number },
  seed: number,
) => ({ scenario, years: `${first}-${last}`, seed });
