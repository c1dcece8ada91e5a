/** The unsaved changes of the scenario's levers, on every page: undo, redo, discard, save. */
import { Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { RoleButton } from '../access/role-button.js';
import { usePageContext } from '../app/use-context.js';
import { EMPTY_DRAFT, listChanges, redo, undo } from './draft.js';
import { cellWords, isOutsideHard } from './hard-range.js';
import { SaveDialog } from './save-dialog.js';
import { useDraft } from './store.js';

export function DraftBar() {
  const { scenario } = usePageContext();
  const [draft, change] = useDraft(scenario);
  const [saving, setSaving] = useState(false);
  useHotkeys([
    ['mod+Z', () => change(undo)],
    ['mod+shift+Z', () => change(redo)],
  ]);
  const count = Object.keys(draft.changes).length;
  const outside = listChanges(draft.changes).filter(({ cell, value }) => isOutsideHard({ ...cell, value }));
  if (count === 0 && draft.past.length === 0 && draft.future.length === 0) return null;
  return (
    <Group className="panel no-print" mb="sm" gap="sm" py={6} role="status" aria-label="Unsaved changes">
      <Text size="sm" fw={600}>
        {count === 0 ? 'No unsaved change' : `${count} unsaved ${count === 1 ? 'change' : 'changes'}`} to{' '}
        {scenario}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={draft.past.length === 0}
        onClick={() => change(undo)}
      >
        Undo
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={draft.future.length === 0}
        onClick={() => change(redo)}
      >
        Redo
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => change(() => EMPTY_DRAFT)}>
        Discard
      </Button>
      <RoleButton
        needs="approver"
        size="compact-sm"
        disabled={count === 0 || outside.length > 0}
        onClick={() => setSaving(true)}
      >
        Review and save
      </RoleButton>
      {outside.length > 0 && (
        <Text size="sm" className="tone-bad">
          ✕ {outside.length} {outside.length === 1 ? 'lies' : 'lie'} outside the hard range, kept until mended
          (first: {cellWords(outside[0]!.cell)})
        </Text>
      )}
      {saving && <SaveDialog scenario={scenario} onClose={() => setSaving(false)} />}
    </Group>
  );
}
