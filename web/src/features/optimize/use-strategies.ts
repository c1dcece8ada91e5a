/** Runs that were asked the same as this one, by strategy; those that are missing can be started. */
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { STRATEGIES, type Strategy } from '../../../../src/shared/contract/choices.terms.js';
import { post } from '../../api/http.js';
import { runQuery, runsQuery } from '../../api/queries.js';
import type { RunDetails, StartedRun } from '../../api/types.js';
import { askedOtherwise, requestOf, sameQuestion } from './run-request.js';

/** Runs looked at, the newest first. */
const LOOKED_AT = 20;
const REFETCH_MS = 1_000;

export function useStrategies(run: RunDetails, enabled: boolean) {
  const queries = useQueryClient();
  const { data } = useQuery({ ...runsQuery, enabled });
  const candidates = (data?.runs ?? [])
    .filter(
      ({ run_id, scenario, target_growth }) =>
        run_id !== run.run.run_id && scenario === run.run.scenario && target_growth === run.run.target_growth,
    )
    .slice(0, LOOKED_AT);
  const others = useQueries({
    queries: candidates.map(({ run_id }) => ({
      ...runQuery(run_id),
      enabled,
      refetchInterval: ({ state }: { readonly state: { readonly data?: RunDetails | undefined } }) =>
        state.data === undefined || state.data.run.status === 'running' ? REFETCH_MS : false,
    })),
  });
  const found = sameQuestion(
    run,
    others.flatMap((query) => query.data ?? []),
  );
  const missing = STRATEGIES.filter((strategy) => !found.has(strategy));
  const start = useMutation({
    mutationFn: async (strategies: readonly Strategy[]) => {
      const asked = requestOf(run);
      if (asked === null) return;
      await Promise.all(
        strategies.map((strategy) => post<StartedRun>('/api/runs', askedOtherwise(asked, strategy))),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
  return { found, missing, start };
}
