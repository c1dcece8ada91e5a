/** What a schema refused, in words that do not depend on the validator. */
import type { z } from '@hono/zod-openapi';
import type { BrokenField } from './common.contract.js';

type Where = BrokenField['where'];
const SHOWN = 120;
const MOST = 50;

/** Every broken rule, at most fifty. @param input what was validated */
export const brokenFields = (error: z.ZodError, where: Where, input: unknown): BrokenField[] =>
  error.issues.slice(0, MOST).flatMap((issue) =>
    pathsOf(issue).map((path) => ({
      where,
      field: path.map(String).join('.'),
      value: shown(valueAt(input, path)),
      rule: ruleOf(issue, valueAt(input, path) === undefined),
      line: null,
    })),
  );

/** Each unknown key is a broken rule of its own. */
const pathsOf = (issue: z.core.$ZodIssue): PropertyKey[][] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [[...issue.path]];

function ruleOf(issue: z.core.$ZodIssue, isMissing: boolean): string {
  if (issue.code === 'unrecognized_keys') return 'is no known key';
  if (issue.code === 'invalid_type')
    return isMissing ? `is missing: must be ${issue.expected}` : `must be ${issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small')
    return `must ${SIZED.has(issue.origin) ? 'have' : 'be'} at least ${issue.minimum}`;
  if (issue.code === 'too_big')
    return `must ${SIZED.has(issue.origin) ? 'have' : 'be'} at most ${issue.maximum}`;
  return issue.message;
}

const SIZED: ReadonlySet<string> = new Set(['string', 'array', 'set', 'file']);

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
