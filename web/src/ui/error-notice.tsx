/** A failure as it stands on the page: code, what happened, next step, and the details to copy. It stays until it is solved. */
import { Alert, Button, Code, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import { ApiProblem } from '../api/http.js';

interface Shown {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: unknown;
  readonly rules: readonly string[];
}

export interface ErrorNoticeProps {
  /** An `ApiProblem`, a run's own failure (code, message, hint, fields), or anything thrown. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { code, message, hint, details, rules } = shown(error);
  return (
    <Alert color="red" variant="outline" role="alert" title={<Code>{code}</Code>} className="panel">
      <Stack gap="xs">
        <Text size="sm">{message}</Text>
        {rules.length > 0 && (
          <List size="sm">
            {rules.map((rule) => (
              <List.Item key={rule}>{rule}</List.Item>
            ))}
          </List>
        )}
        {hint !== '' && (
          <Text size="sm">
            <strong>Next step:</strong> {hint}
          </Text>
        )}
        <Group gap="xs" className="no-print">
          {onRetry && (
            <Button size="compact-sm" onClick={onRetry}>
              Try again
            </Button>
          )}
          <CopyButton value={JSON.stringify(details, null, 2)}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy details'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}

function shown(error: unknown): Shown {
  if (error instanceof ApiProblem) {
    const { code, detail, hint, errors } = error.problem;
    const rules = errors.map(
      ({ field, value, rule, line }) =>
        `${line === null ? '' : `line ${line}: `}${field} = ${value}: ${rule}`,
    );
    return { code, message: detail, hint, details: error.problem, rules };
  }
  if (isExplained(error)) return { ...error, details: error, rules: [] };
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    code: 'PAGE_FAILED',
    message,
    hint: 'Reload the page; the address keeps what you were looking at.',
    details: { name, message, stack },
    rules: [],
  };
}

function isExplained(
  error: unknown,
): error is { readonly code: string; readonly message: string; readonly hint: string } {
  return (
    typeof error === 'object' && error !== null && 'code' in error && 'hint' in error && 'message' in error
  );
}
