/** What must hold before a simulation: each item passes or says how to mend it. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { post } from '../../api/http.js';
import { readinessQuery } from '../../api/queries.js';
import type { DraftVerdict } from '../../api/types.js';
import type { Levers } from '../../draft/use-levers.js';
import { Panel } from '../../ui/figures.js';

export interface PreFlightItem {
  readonly name: string;
  /** Undefined while it is looked at. */
  readonly ok: boolean | undefined;
  readonly detail: string;
  readonly hint: string;
}

const WORDS: Record<string, string> = {
  home: 'Home folder',
  dbt: 'dbt',
  server: 'Temporal server',
  worker: 'Worker',
};

export function usePreFlight(levers: Levers | undefined): PreFlightItem[] {
  const ready = useQuery(readinessQuery);
  const changes = levers?.changes ?? [];
  const verdict = useQuery({
    queryKey: [
      'levers',
      levers?.grid.scenario,
      'draft',
      levers?.draft.base ?? levers?.grid.lever_set,
      changes,
    ],
    queryFn: () =>
      post<DraftVerdict>('/api/levers/validate', {
        scenario: levers?.grid.scenario,
        base: levers?.draft.base ?? levers?.grid.lever_set,
        changes,
      }),
    enabled: levers !== undefined,
  });
  const machine: PreFlightItem[] = ready.data
    ? ready.data.checks.map(({ name, ok, detail, hint }) => ({ name: WORDS[name] ?? name, ok, detail, hint }))
    : [
        {
          name: 'Server of this page',
          ok: ready.error ? false : undefined,
          detail: ready.error ? 'does not answer' : 'is asked',
          hint: ready.error ? 'Start `meritloop ui` with the same home.' : '',
        },
      ];
  const [wrong] = verdict.data?.errors ?? [];
  return [
    ...machine,
    {
      name: 'Levers',
      ok: verdict.data?.valid,
      detail:
        verdict.data === undefined
          ? 'are checked'
          : wrong === undefined
            ? `valid, ${verdict.data.warnings.length} ${verdict.data.warnings.length === 1 ? 'warning' : 'warnings'}`
            : `${wrong.field} = ${wrong.value}: ${wrong.rule}`,
      hint: wrong === undefined ? '' : 'Correct it on Parameter Overview.',
    },
  ];
}

export const PreFlight = ({ checks }: { readonly checks: readonly PreFlightItem[] }) => (
  <Panel title="Before it starts">
    <List listStyleType="none" spacing={4} size="sm">
      {checks.map(({ name, ok, detail, hint }) => (
        <List.Item key={name}>
          <span className={ok === undefined ? '' : ok ? 'tone-good' : 'tone-bad'}>
            {ok === undefined ? '…' : ok ? '✓' : '✕'} {name}
          </span>{' '}
          <Text span size="sm" c="dimmed">
            {detail}
            {hint === '' ? '' : `. ${hint}`}
          </Text>
        </List.Item>
      ))}
    </List>
  </Panel>
);
