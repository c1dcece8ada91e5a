/** What averages over levels are weighted by: payroll by level of the scenario's latest stored simulation. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api/http.js';
import { simulationsQuery } from '../api/queries.js';
import type { Results } from '../api/types.js';
import { shortId } from '../ui/number.js';
import { weightsOf, type LevelWeights } from './weighted.js';

export interface Weights {
  readonly weights: LevelWeights;
  /** Ends a sentence that begins with the averages. */
  readonly words: string;
}

export function useWeights(scenario: string): Weights {
  const known = useQuery(simulationsQuery).data?.simulations ?? [];
  const id = (known.find((listing) => listing.scenario === scenario) ?? known[0])?.simulation_id;
  const { data } = useQuery({
    queryKey: ['results', id, 'by level'],
    queryFn: ({ signal }) => get<Results>(`/api/simulations/${id}/results?by=level`, signal),
    staleTime: Infinity,
    enabled: id !== undefined,
  });
  return useMemo(() => {
    const weights = data === undefined ? undefined : weightsOf(data.rows);
    const first = Math.min(...(data?.rows.map(({ year }) => year) ?? []));
    return weights === undefined || id === undefined
      ? { weights: undefined, words: 'each counted once: no simulation tells their payroll' }
      : { weights, words: `weighted by their payroll of ${first} in simulation ${shortId(id)}` };
  }, [data, id]);
}
