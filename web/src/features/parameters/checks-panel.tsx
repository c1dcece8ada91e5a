/** Errors and warnings of the draft, as the API finds them. */
import { List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { post } from '../../api/http.js';
import type { DraftVerdict } from '../../api/types.js';
import { draftErrorText } from '../../draft/hard-range.js';
import { OutsideTested, useOutsideTested } from '../../draft/outside-tested.js';
import type { Levers } from '../../draft/use-levers.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel } from '../../ui/figures.js';
import { parameterWord } from '../../ui/lever-diff.js';
import { leverText } from '../../ui/lever-value.js';

const PAUSE_MS = 250;

export function ChecksPanel({ levers }: { readonly levers: Levers }) {
  const [changes] = useDebouncedValue(levers.changes, PAUSE_MS);
  const base = levers.draft.base ?? levers.grid.lever_set;
  const verdict = useQuery({
    queryKey: ['levers', levers.grid.scenario, 'draft', base, changes],
    queryFn: () =>
      post<DraftVerdict>('/api/levers/validate', { scenario: levers.grid.scenario, base, changes }),
    placeholderData: keepPreviousData,
  });
  const outside = useOutsideTested(levers);
  const { errors = [], warnings = [], is_current = true } = verdict.data ?? {};
  return (
    <Panel title="Checks">
      {verdict.error && <ErrorNotice error={verdict.error} />}
      {verdict.data && errors.length + warnings.length + outside.length === 0 && is_current && (
        <Text size="sm" className="tone-good">
          ✓ Every value lies inside its range, and every average is usual.
        </Text>
      )}
      {!is_current && (
        <Text size="sm" className="tone-warn">
          ▲ Somebody moved these levers since the draft began; saving will show both changes.
        </Text>
      )}
      <List size="sm" spacing={2}>
        {errors.map((error) => (
          <List.Item key={`${error.field}${error.value}`} className="tone-bad">
            ✕ {draftErrorText(error, changes)}
          </List.Item>
        ))}
        {warnings.map(({ fiscal_year, parameter_name, average, message }) => (
          <List.Item key={`${fiscal_year}${parameter_name}`} className="tone-warn">
            ▲ {fiscal_year} {parameterWord(parameter_name)}, average {leverText(Number(average.toFixed(6)))}:{' '}
            {message}
          </List.Item>
        ))}
      </List>
      <OutsideTested levers={levers} />
    </Panel>
  );
}
