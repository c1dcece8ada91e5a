/** What to tune for; every field stands in the URL. */
import { Button, Checkbox, Collapse, NativeSelect, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  METRICS,
  STRATEGIES,
  TARGET_MODES,
  type Metric,
  type Strategy,
  type TargetMode,
} from '../../../../src/shared/contract/choices.terms.js';
import { PARAMETER_NAMES } from '../../../../src/levers/catalogue.terms.js';
import { METRIC_WORDS, PARAMETER_WORDS, STRATEGY_WORDS, TARGET_MODE_WORDS } from '../../ui/words.js';
import { goalsOf } from './goals.js';
import { Lists } from './form-lists.js';
import { DEFAULTS, tunedOf, type OptimizeSearch } from './request.js';

export interface OptimizeFormProps {
  readonly search: OptimizeSearch;
  readonly onChange: (part: Partial<Record<keyof OptimizeSearch, unknown>>) => void;
  readonly onStart: () => void;
  readonly starting: boolean;
  /** Plan years, `2025-2029`. */
  readonly years: string | undefined;
}

interface NumberField {
  readonly name: 'target' | 'max' | 'tolerance';
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly decimals: number;
}

const NUMBERS: readonly NumberField[] = [
  { name: 'target', label: 'Target growth (% a year)', low: -50, high: 50, step: 0.1, decimals: 3 },
  { name: 'max', label: 'Max iterations', low: 1, high: 50, step: 1, decimals: 0 },
  { name: 'tolerance', label: 'Tolerance (± pp)', low: 0.001, high: 5, step: 0.05, decimals: 3 },
];

export function OptimizeForm({ search, onChange, onStart, starting, years }: OptimizeFormProps) {
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [more, setMore] = useState(
    search.mode !== undefined ||
      search.metric !== undefined ||
      search.tune !== undefined ||
      search.limits !== undefined ||
      search.seeds !== undefined ||
      search.goals !== undefined ||
      search.approval !== undefined,
  );
  const tuned = tunedOf(search);
  const goals = goalsOf(search.goals);
  const isWrong = Object.values(wrong).some((rule) => rule !== '');
  const take = ({ name, low, high }: NumberField, value: number | string): void => {
    const valid = typeof value === 'number' && value >= low && value <= high;
    setWrong((before) => ({ ...before, [name]: valid ? '' : `from ${low} to ${high}` }));
    if (valid) onChange({ [name]: value });
  };
  return (
    <form
      className="panel"
      aria-label="What to tune for"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onStart();
      }}
    >
      <Stack gap="sm">
        {goals !== undefined && (
          <Text size="sm" role="status">
            {goals.length} {goals.length === 1 ? 'target stands' : 'targets stand'} in place of growth and
            strategy.
          </Text>
        )}
        {NUMBERS.map((field) => (
          <NumberInput
            key={field.name}
            size="sm"
            label={field.label}
            step={field.step}
            decimalScale={field.decimals}
            clampBehavior="none"
            defaultValue={search[field.name] ?? DEFAULTS[field.name]}
            error={wrong[field.name] || undefined}
            onChange={(value) => take(field, value)}
          />
        ))}
        <Radio.Group
          size="sm"
          label="Strategy"
          value={search.strategy ?? DEFAULTS.strategy}
          onChange={(strategy) => onChange({ strategy })}
        >
          <Stack gap={6} mt={4}>
            {STRATEGIES.map((strategy: Strategy) => (
              <Radio
                key={strategy}
                value={strategy}
                size="sm"
                label={STRATEGY_WORDS[strategy].name}
                description={STRATEGY_WORDS[strategy].meaning}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Button
          type="button"
          variant="subtle"
          size="compact-sm"
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {more ? 'Fewer choices' : 'More choices'}
        </Button>
        {/* At once: while a box unfolds, a click into it may meet what stands beside what was meant. */}
        <Collapse expanded={more} transitionDuration={0}>
          <Stack gap="sm">
            <NativeSelect
              size="sm"
              label="The target holds for"
              data={TARGET_MODES.map((value: TargetMode) => ({ value, label: TARGET_MODE_WORDS[value] }))}
              value={search.mode ?? DEFAULTS.mode}
              onChange={({ currentTarget }) => onChange({ mode: currentTarget.value })}
            />
            <NativeSelect
              size="sm"
              label="Growth of"
              data={METRICS.map((value: Metric) => ({ value, label: METRIC_WORDS[value] }))}
              value={search.metric ?? DEFAULTS.metric}
              onChange={({ currentTarget }) => onChange({ metric: currentTarget.value })}
            />
            <Checkbox.Group
              size="sm"
              label="Levers that may move"
              value={tuned}
              onChange={(names) => names.length > 0 && onChange({ tune: names.join(',') })}
            >
              <Stack gap={4} mt={4}>
                {PARAMETER_NAMES.map((name) => (
                  <Checkbox key={name} size="sm" value={name} label={PARAMETER_WORDS[name]} />
                ))}
              </Stack>
            </Checkbox.Group>
            <NumberInput
              size="sm"
              label="Random seeds to tune on"
              description="With more than one, growth is their mean, and it is judged on other seeds"
              min={1}
              max={64}
              allowDecimal={false}
              defaultValue={search.seeds ?? 1}
              onChange={(value) =>
                typeof value === 'number' &&
                Number.isInteger(value) &&
                value >= 1 &&
                value <= 64 &&
                onChange({ seeds: value === 1 ? undefined : value })
              }
            />
            <Lists search={search} years={years} onChange={onChange} />
            <Checkbox
              size="sm"
              label="Wait for somebody else's approval"
              description="The run holds its levers until they are approved or rejected"
              checked={search.approval === 'yes'}
              onChange={({ currentTarget }) =>
                onChange({ approval: currentTarget.checked ? 'yes' : undefined })
              }
            />
          </Stack>
        </Collapse>
        <Button type="submit" loading={starting} disabled={isWrong}>
          Start the run
        </Button>
        <Text size="xs" c="dimmed">
          Nothing is applied until you apply it.
        </Text>
      </Stack>
    </form>
  );
}
