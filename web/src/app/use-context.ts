/** Scenario, plan years and seed of the page: as the URL says, else as the settings say. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { settingsQuery } from '../api/queries.js';
import type { PageContext } from './context.js';

export interface ResolvedContext {
  readonly scenario: string;
  /** `2025-2029`; undefined until the settings are known. */
  readonly years: string | undefined;
  readonly seed: number | undefined;
  /** What the URL alone says. */
  readonly chosen: PageContext;
  readonly choose: (context: PageContext) => void;
}

export function usePageContext(): ResolvedContext {
  const { company, scenario, years, seed } = useSearch({ from: '__root__' });
  const settings = useQuery(settingsQuery).data;
  const navigate = useNavigate();
  const chosen = {
    ...(company === undefined ? {} : { company }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(years === undefined ? {} : { years }),
    ...(seed === undefined ? {} : { seed }),
  };
  return {
    scenario: scenario ?? 'default',
    years: years ?? (settings && `${settings.start_year}-${settings.end_year}`),
    seed: seed ?? settings?.random_seed,
    chosen,
    choose: (context) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => {
          const { scenario: _1, years: _2, seed: _3, ...rest } = before;
          return { ...rest, ...context };
        },
      } as never),
  };
}
