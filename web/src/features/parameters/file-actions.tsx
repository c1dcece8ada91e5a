/** Lever files: export as CSV; import with the errors of each line, or with what it would change, before anything is stored. */
import { ofCompany } from '../../app/company.js';
import { Button, FileButton, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RoleButton } from '../../access/role-button.js';
import { post, withQuery } from '../../api/http.js';
import type { ImportVerdict, LeverGrid, LeverMoved } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { LeverDiff } from '../../ui/lever-diff.js';

export function FileActions({ grid: { scenario } }: { readonly grid: LeverGrid }) {
  const [file, setFile] = useState<{ readonly name: string; readonly csv: string }>();
  const preview = useMutation({
    mutationFn: (csv: string) => post<ImportVerdict>('/api/levers/import/preview', { scenario, csv }),
  });
  const read = async (chosen: File | null): Promise<void> => {
    if (chosen === null) return;
    const csv = await chosen.text();
    setFile({ name: chosen.name, csv });
    preview.mutate(csv);
  };
  return (
    <>
      <FileButton accept=".csv,text/csv" onChange={(chosen) => void read(chosen)}>
        {(props) => (
          <Button size="compact-sm" variant="default" {...props}>
            Import CSV
          </Button>
        )}
      </FileButton>
      <Button
        size="compact-sm"
        variant="default"
        component="a"
        href={ofCompany(withQuery('/api/levers/export', { scenario }))}
        download={`${scenario}-levers.csv`}
      >
        Export CSV
      </Button>
      {file && (
        <ImportDialog
          scenario={scenario}
          file={file}
          verdict={preview.data}
          error={preview.error}
          onClose={() => {
            setFile(undefined);
            preview.reset();
          }}
        />
      )}
    </>
  );
}

interface ImportDialogProps {
  readonly scenario: string;
  readonly file: { readonly name: string; readonly csv: string };
  readonly verdict: ImportVerdict | undefined;
  readonly error: Error | null;
  readonly onClose: () => void;
}

function ImportDialog({ scenario, file, verdict, error, onClose }: ImportDialogProps) {
  const [reason, setReason] = useState(`import of ${file.name}`);
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: (expected: string) =>
      post<LeverMoved>('/api/levers/import', { scenario, csv: file.csv, expected, reason }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Import ${file.name} into ${scenario}`} size="xl">
      <Stack gap="sm">
        {error && <ErrorNotice error={error} />}
        {take.error && <ErrorNotice error={take.error} />}
        {verdict && !verdict.valid && (
          <>
            <Text size="sm" className="tone-bad" role="alert">
              ✕ The file cannot be imported; nothing was stored.
            </Text>
            <List size="sm">
              {verdict.errors.map(({ line, field, value, rule }) => (
                <List.Item key={`${line}${field}`}>
                  {line === null ? '' : `line ${line}: `}
                  {field} = {value}: {rule}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {verdict?.valid && (
          <>
            <Text size="sm">
              {verdict.rows} rows, {verdict.changes.length} of which differ from the current levers.
            </Text>
            <LeverDiff label="What the import changes" steps={verdict.changes} />
            <TextInput
              label="Why"
              required
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <RoleButton needs="approver" loading={take.isPending} onClick={() => take.mutate(verdict.base)}>
                Import
              </RoleButton>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
