/** Several targets at once: what each year's figure should be, how closely, and what gives way first. */
import { NativeSelect, NumberInput } from '@mantine/core';
import {
  PRIORITIES,
  TARGET_KINDS,
  TARGET_METRICS,
  TOLERANCE_KINDS,
} from '../../../../src/targets/target-choices.terms.js';
import { KIND_WORDS, TARGET_METRIC_WORDS } from '../../ui/target-words.js';
import { asTyped, typedNumber } from '../../ui/bounds.js';
import { GOAL_RANGES, goalFault, type Goal } from './goals.js';
import { ListDialog, type ListColumn } from './list-dialog.js';

export interface GoalsDialogProps {
  readonly goals: readonly Goal[];
  /** Plan years of the run, `2025-2029`. */
  readonly years: string | undefined;
  readonly onTake: (goals: readonly Goal[]) => void;
  readonly onClose: () => void;
}

export function GoalsDialog({ goals, years, onTake, onClose }: GoalsDialogProps) {
  const first = Number(years?.slice(0, 4) ?? 2025);
  const fresh = (): Goal => ({
    year: first,
    metric: 'compensation_growth_rate',
    kind: 'target',
    value: 3,
    tolerance: 0.1,
    per: 'absolute_pp',
    priority: 'high',
  });
  return (
    <ListDialog
      title="Several targets"
      what="target"
      explanation="They take the place of the one growth and of the strategy. What is of high priority is met first, whatever it costs the others; of all levers that meet them, those that change least are taken."
      rows={goals}
      fresh={fresh}
      columns={COLUMNS}
      faultOf={(goal) => goalFault(goal, years)}
      onTake={onTake}
      onClose={onClose}
    />
  );
}

function choice<Key extends 'metric' | 'kind' | 'per' | 'priority'>(
  key: Key,
  options: readonly Goal[Key][],
  wordOf: (option: Goal[Key]) => string,
): ListColumn<Goal>['cell'] {
  return (goal, name, change) => (
    <NativeSelect
      size="xs"
      aria-label={name}
      value={goal[key]}
      data={options.map((value) => ({ value, label: wordOf(value) }))}
      onChange={({ currentTarget }) =>
        change({ [key]: options.find((option) => option === currentTarget.value) ?? goal[key] })
      }
    />
  );
}

const figure =
  (key: 'year' | 'value' | 'tolerance', width: number): ListColumn<Goal>['cell'] =>
  (goal, name, change) => (
    <NumberInput
      size="xs"
      w={width}
      aria-label={name}
      hideControls
      {...asTyped(goal[key], GOAL_RANGES[key])}
      onChange={(value) => change({ [key]: typedNumber(value) ?? Number.NaN })}
    />
  );

const COLUMNS: readonly ListColumn<Goal>[] = [
  { head: 'Year', cell: figure('year', 64) },
  {
    head: 'Figure (unit)',
    cell: choice('metric', TARGET_METRICS, (metric) => {
      const { name, unit } = TARGET_METRIC_WORDS[metric];
      return `${name} (${unit})`;
    }),
  },
  { head: 'Is', cell: choice('kind', TARGET_KINDS, (kind) => KIND_WORDS[kind]) },
  { head: 'Value', cell: figure('value', 108) },
  { head: '± Tolerance', cell: figure('tolerance', 72) },
  {
    head: 'Tolerance as',
    cell: choice('per', TOLERANCE_KINDS, (per) =>
      per === 'relative' ? 'share of the value' : 'pp, USD or people',
    ),
  },
  { head: 'Priority', cell: choice('priority', PRIORITIES, (priority) => priority) },
];
