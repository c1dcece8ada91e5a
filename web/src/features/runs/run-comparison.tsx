/** Runs side by side: requests and outcomes, at first only what differs. */
import { Checkbox } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { runQuery } from '../../api/queries.js';
import type { RunDetails } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { percent, percentagePoints, seconds } from '../../ui/number.js';
import { plainWords } from '../../ui/words.js';
import { own } from '../../../../src/shared/own.terms.js';

/** Between two looks at a run that is still open. */
const OPEN_MS = 2000;
/** Named by the run, so they differ between any two. */
const OWN = new Set(['run_id', 'workflow_id', 'started_at']);

export function RunComparison({ ids }: { readonly ids: readonly string[] }) {
  const [all, setAll] = useState(false);
  const runs = useQueries({
    queries: ids.map((id) => ({
      ...runQuery(id),
      refetchInterval: ({ state }: { readonly state: { readonly data: RunDetails | undefined } }) =>
        state.data?.run.status === 'running' ? OPEN_MS : false,
    })),
  })
    .map(({ data }) => data)
    .filter((data) => data !== undefined);
  const lines = comparedLines(runs).filter(({ equal }) => all || !equal);
  return (
    <Panel
      title="Runs side by side"
      actions={
        <Checkbox
          size="xs"
          label="Only what differs"
          checked={!all}
          onChange={({ currentTarget }) => setAll(!currentTarget.checked)}
        />
      }
    >
      <FigureTable
        label="Runs side by side"
        rows={lines}
        rowKey={({ name }) => name}
        columns={[
          { head: 'Figure', cell: ({ name }) => name },
          ...runs.map(({ run }, index) => ({
            head: run.run_id,
            number: true,
            cell: ({ texts }: (typeof lines)[number]) => texts[index] ?? '–',
          })),
        ]}
      />
    </Panel>
  );
}

interface Line {
  readonly name: string;
  readonly texts: readonly string[];
  readonly equal: boolean;
}

/** Outcome first, then each key of the requests. */
export function comparedLines(runs: readonly RunDetails[]): Line[] {
  const line = (name: string, texts: readonly string[]): Line => ({
    name,
    texts,
    equal: texts.every((text) => text === texts[0]),
  });
  const of = (text: (result: NonNullable<RunDetails['result']>) => string): string[] =>
    runs.map(({ result }) => (result == null ? '–' : text(result)));
  const keys = [...new Set(runs.flatMap(({ request }) => Object.keys(request ?? {})))].filter(
    (key) => !OWN.has(key),
  );
  return [
    line(
      'State',
      runs.map(({ run }) => plainWords(run.status)),
    ),
    line(
      'Iterations',
      of(({ iterations_used }) => String(iterations_used)),
    ),
    line(
      'Simulations run',
      of(({ simulations_run }) => String(simulations_run)),
    ),
    line(
      'Initial growth',
      of(({ initial_growth }) => percent(initial_growth, 3)),
    ),
    line(
      'Final growth',
      of(({ final_growth }) => percent(final_growth, 3)),
    ),
    line(
      'Final gap',
      of(({ final_gap }) => percentagePoints(final_gap, 3)),
    ),
    line(
      'Seconds',
      of((result) => seconds(result.seconds)),
    ),
    ...keys.map((key) =>
      line(
        plainWords(key),
        runs.map(({ request }) => {
          const value = request === null ? undefined : own(request, key);
          return typeof value === 'string' ? value.slice(0, 24) : (JSON.stringify(value) ?? '–').slice(0, 60);
        }),
      ),
    ),
  ];
}
