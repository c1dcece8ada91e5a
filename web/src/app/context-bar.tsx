/** Scenario, plan years and random seed, in the same place on every page. */
import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { scenariosQuery, settingsQuery } from '../api/queries.js';
import { BoundedNumber } from '../ui/bounded-number.js';
import { CompanyPicker } from './company-picker.js';
import { useShown, type Shown } from './shown.js';
import { usePageContext } from './use-context.js';

const YEARS = /^(\d{4})-(\d{4})$/;
const LARGEST_SEED = 2_147_483_647;

export function ContextBar() {
  const shown = useShown();
  return shown === undefined ? <ChosenContext /> : <ShownContext shown={shown} />;
}

/** What is stored has facts: nothing can be chosen, and nothing else stands beside them. */
function ShownContext({ shown: { what, of } }: { readonly shown: Shown }) {
  const facts =
    of === null
      ? [{ name: 'Made of', value: 'not recorded' }]
      : [
          { name: 'Scenario', value: of.scenario },
          { name: 'Plan years', value: of.years.replace('-', '–') },
          { name: 'Random seed', value: String(of.seed) },
        ];
  return (
    <Group gap="xl" className="no-print" role="group" aria-label="What this page shows">
      <CompanyPicker />
      {[{ name: 'Shown', value: what }, ...facts].map(({ name, value }) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text size="sm" fw={600}>
            {value}
          </Text>
        </div>
      ))}
    </Group>
  );
}

function ChosenContext() {
  const context = usePageContext();
  const scenarios = useQuery(scenariosQuery).data?.scenarios ?? [];
  const settings = useQuery(settingsQuery).data;
  const names = [
    ...new Set(['default', context.scenario, ...scenarios.map(({ scenario_id }) => scenario_id)]),
  ];
  const seedKind =
    context.chosen.seed === undefined || context.chosen.seed === settings?.random_seed ? 'default' : 'custom';
  const choose = (part: object): void => context.choose(withoutDefaults({ ...context.chosen, ...part }));
  return (
    <Group gap="md" className="no-print" role="group" aria-label="What every page is about">
      <CompanyPicker />
      <NativeSelect
        size="xs"
        label="Scenario"
        data={names}
        value={context.scenario}
        onChange={({ currentTarget }) => choose({ scenario: currentTarget.value })}
      />
      <YearsField years={context.years ?? ''} onChange={(years) => choose({ years })} />
      <NativeSelect
        size="xs"
        label="Random seed"
        data={[
          { value: 'default', label: `default (${settings?.random_seed ?? '…'})` },
          { value: 'custom', label: 'custom' },
          { value: 'random', label: 'draw a new one' },
        ]}
        value={seedKind}
        onChange={({ currentTarget: { value } }) => {
          if (value === 'default') choose({ seed: undefined });
          else if (value === 'random') choose({ seed: crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1 });
          else choose({ seed: (settings?.random_seed ?? 0) + 1 });
        }}
      />
      {seedKind === 'custom' && (
        <BoundedNumber
          size="xs"
          label="Seed"
          w={130}
          range={[0, LARGEST_SEED]}
          allowDecimal={false}
          value={context.seed ?? null}
          onNumber={(value) => choose({ seed: value })}
        />
      )}
    </Group>
  );
}

interface YearsFieldProps {
  readonly years: string;
  readonly onChange: (years: string | undefined) => void;
}

/** Takes effect when it can be read; until then it says what it accepts. */
function YearsField({ years, onChange }: YearsFieldProps) {
  const [text, setText] = useState(years);
  useEffect(() => setText(years), [years]);
  const valid = yearsProblem(text) === undefined;
  const take = (): void => {
    if (valid && text !== years) onChange(text);
  };
  return (
    <TextInput
      size="xs"
      label="Plan years"
      w={110}
      value={text}
      error={text === '' || valid ? undefined : yearsProblem(text)}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === 'Enter' && take()}
    />
  );
}

function yearsProblem(text: string): string | undefined {
  const [, first, last] = YEARS.exec(text) ?? [];
  if (first === undefined) return 'such as 2025-2029';
  return Number(first) >= 2020 && Number(last) <= 2060 && Number(last) >= Number(first)
    ? undefined
    : 'in 2020–2060, end not before start';
}

const withoutDefaults = (context: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(context).filter(
      ([name, value]) => value !== undefined && !(name === 'scenario' && value === 'default'),
    ),
  );
