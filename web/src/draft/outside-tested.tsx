/** Says plainly which levers lie outside of their tested range; nothing when none does. */
import { List, Text } from '@mantine/core';
import { useMemo } from 'react';
import { outsideTested } from './tested-range.js';
import type { Levers } from './use-levers.js';

/** Judges the levers with the draft on them. */
export const useOutsideTested = (levers: Levers): string[] =>
  useMemo(
    () =>
      outsideTested(
        levers.grid.levers.map(({ fiscal_year, job_level, parameter_name, parameter_value }) => ({
          fiscal_year,
          job_level,
          parameter_name,
          value: levers.value(fiscal_year, job_level, parameter_name) ?? parameter_value,
        })),
      ),
    [levers],
  );

export function OutsideTested({ levers }: { readonly levers: Levers }) {
  const lines = useOutsideTested(levers);
  if (lines.length === 0) return null;
  return (
    <>
      <Text size="sm" className="tone-warn">
        ▲ Outside the tested range, the bounds within which tuning is measured: it is simulated as exactly,
        but the effects of single levers found inside need not hold there.
      </Text>
      <List size="sm" spacing={2}>
        {lines.map((line) => (
          <List.Item key={line}>{line}.</List.Item>
        ))}
      </List>
    </>
  );
}
