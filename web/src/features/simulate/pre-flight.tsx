/** What must hold before a simulation: each item passes or says how to mend it. */
import { Button, CopyButton, List, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { post } from '../../api/http.js';
import { readinessQuery } from '../../api/queries.js';
import type { DraftVerdict } from '../../api/types.js';
import { draftErrorText } from '../../draft/hard-range.js';
import type { Levers } from '../../draft/use-levers.js';
import { Panel } from '../../ui/figures.js';

export interface PreFlightItem {
  readonly name: string;
  /** Undefined while it is looked at. */
  readonly ok: boolean | undefined;
  readonly detail: string;
  readonly hint: string;
}

const LEVERS = 'Levers';

const WORDS: Record<string, string> = {
  home: 'Home folder',
  dbt: 'dbt',
  server: 'Temporal server',
  worker: 'Worker',
};

export function usePreFlight(levers: Levers | undefined, years: string | undefined): PreFlightItem[] {
  const ready = useQuery(readinessQuery);
  const changes = levers?.changes ?? [];
  const verdict = useQuery({
    queryKey: [
      'levers',
      levers?.grid.scenario,
      'draft',
      levers?.draft.base ?? levers?.grid.lever_set,
      changes,
      years,
    ],
    queryFn: () =>
      post<DraftVerdict>('/api/levers/validate', {
        scenario: levers?.grid.scenario,
        base: levers?.draft.base ?? levers?.grid.lever_set,
        changes,
        years,
      }),
    enabled: levers !== undefined && years !== undefined,
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
      name: LEVERS,
      ok: verdict.data?.valid,
      detail:
        verdict.data === undefined
          ? 'are checked'
          : wrong === undefined
            ? `valid for ${years?.replace('-', '–') ?? 'the plan years'}, ${verdict.data.warnings.length} ${verdict.data.warnings.length === 1 ? 'warning' : 'warnings'}`
            : draftErrorText(wrong, changes),
      hint: wrong === undefined || wrong.field === 'years' ? '' : 'Correct it on Parameter Overview.',
    },
  ];
}

export function PreFlight({ checks }: { readonly checks: readonly PreFlightItem[] }) {
  const queries = useQueryClient();
  const again = (): void => {
    void queries.invalidateQueries({ queryKey: readinessQuery.queryKey });
    void queries.invalidateQueries({ queryKey: ['levers'] });
  };
  return (
    <Panel
      title="Before it starts"
      actions={
        <Button size="compact-sm" variant="default" onClick={again}>
          Check again
        </Button>
      }
    >
      <List listStyleType="none" spacing={4} size="sm">
        {checks.map((item) => (
          <List.Item key={item.name}>
            <span className={item.ok === undefined ? '' : item.ok ? 'tone-good' : 'tone-bad'}>
              {item.ok === undefined ? '…' : item.ok ? '✓' : '✕'} {item.name}
            </span>{' '}
            <Text span size="sm" c="dimmed">
              {item.detail}
              {item.hint === '' ? '' : `. ${item.hint}`}
            </Text>{' '}
            {item.ok === false && <Fix item={item} />}
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}

/** The next step: a page of this one, or a command for a terminal. */
function Fix({ item: { name, hint } }: { readonly item: PreFlightItem }) {
  if (name === LEVERS)
    return (
      <Button
        size="compact-xs"
        variant="default"
        renderRoot={(props) => <Link to="/parameters" search={true} {...props} />}
      >
        Correct the levers
      </Button>
    );
  const command = /`([^`]+)`/.exec(hint)?.[1];
  if (command === undefined) return null;
  return (
    <CopyButton value={command}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="default" onClick={copy}>
          {copied ? 'Copied' : `Copy “${command}”`}
        </Button>
      )}
    </CopyButton>
  );
}
