/** The lists of a request that need room of their own: limits of levers, and several targets. */
import { Button, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { parameterWord } from '../../ui/lever-diff.js';
import { KIND_WORDS, TARGET_METRIC_WORDS, targetText } from '../../ui/target-words.js';
import { goalsOf, type Goal } from './goals.js';
import { boundsOf, limitsOf, type Limit } from './limits.js';
import type { OptimizeSearch } from './request.js';

const LimitsDialog = lazy(() =>
  import('./limits-dialog.js').then(({ LimitsDialog }) => ({ default: LimitsDialog })),
);
const GoalsDialog = lazy(() =>
  import('./goals-dialog.js').then(({ GoalsDialog }) => ({ default: GoalsDialog })),
);

export interface ListsProps {
  readonly search: OptimizeSearch;
  /** Plan years of the run, `2025-2029`. */
  readonly years: string | undefined;
  readonly onChange: (part: { readonly limits?: unknown; readonly goals?: unknown }) => void;
}

export function Lists({ search, years, onChange }: ListsProps) {
  const [open, setOpen] = useState<'limits' | 'goals'>();
  const limits = limitsOf(search.limits) ?? [];
  const goals = goalsOf(search.goals) ?? [];
  const close = (): void => setOpen(undefined);
  return (
    <Stack gap={6}>
      <Button variant="default" size="compact-sm" onClick={() => setOpen('limits')}>
        Bounds and held levers…
      </Button>
      {limits.map((limit, index) => (
        <Text key={index} size="xs">
          {limitText(limit)}
        </Text>
      ))}
      <Button variant="default" size="compact-sm" onClick={() => setOpen('goals')}>
        Several targets…
      </Button>
      {goals.map((goal, index) => (
        <Text key={index} size="xs">
          {goalText(goal)}
        </Text>
      ))}
      <Suspense>
        {open === 'limits' && (
          <LimitsDialog
            limits={limits}
            years={years}
            onClose={close}
            onTake={(rows) => onChange({ limits: rows.length === 0 ? undefined : rows })}
          />
        )}
        {open === 'goals' && (
          <GoalsDialog
            goals={goals}
            years={years}
            onClose={close}
            onTake={(rows) => onChange({ goals: rows.length === 0 ? undefined : rows })}
          />
        )}
      </Suspense>
    </Stack>
  );
}

function limitText({ lever, years, levels, low, high, frozen }: Limit): string {
  const [least, most] = boundsOf(lever);
  const where = [
    years === undefined ? '' : `, ${years.replace('-', ' to ')}`,
    levels === undefined ? '' : `, level ${levels}`,
  ].join('');
  const what = frozen === 'yes' ? 'held' : `${low ?? least} to ${high ?? most} %`;
  return `${parameterWord(lever)}${where}: ${what}`;
}

const goalText = ({ year, metric, kind, value }: Goal): string =>
  `${year} ${TARGET_METRIC_WORDS[metric].name}: ${KIND_WORDS[kind]} ${targetText(metric, value)}`;
