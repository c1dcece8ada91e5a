/** A request's rules in words: what a field accepts, and which field of a refused request broke which rule. */
import { z } from 'zod';
import { own } from '../own.terms.js';

/** One field that a schema refused. */
export interface BrokenRule {
  /** Key of the request in snake_case; empty when the request itself is not an object. */
  readonly field: string;
  /** The value as JSON, shortened. */
  readonly value: string;
  readonly rule: string;
}

/** What a field accepts: `a whole number from 1 to 50`. Undefined for free text. */
export function acceptedValues(schema: z.ZodType): string | undefined {
  const { type, minimum, maximum, enum: choices, items } = z.toJSONSchema(schema, { io: 'input' });
  if (Array.isArray(choices)) return `one of ${choices.join(', ')}`;
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`;
  if (type === 'number') return `a number from ${minimum} to ${maximum}`;
  if (type === 'array' && typeof items === 'object' && !Array.isArray(items) && items.enum) {
    return `a list of ${items.enum.join(', ')}`;
  }
  return undefined;
}

/** The first rule that `input` breaks, in words that do not depend on the validator. */
export function brokenRule(schema: z.ZodObject, error: z.ZodError, input: unknown): BrokenRule {
  const issue = innermost(error.issues[0]);
  if (issue === undefined) return { field: '', value: shortJson(input), rule: 'must be valid' };
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    const known = issue.path.length > 0 ? '' : ` (known: ${Object.keys(schema.shape).join(', ')})`;
    return { field: path.join('.'), value: shortJson(valueAt(input, path)), rule: `unknown key${known}` };
  }
  // Inside a list of objects the place counts, inside a list of words the list's own rule does.
  if (issue.path.length > 2)
    return {
      field: issue.path.join('.'),
      value: shortJson(valueAt(input, issue.path)),
      rule: plainRule(issue),
    };
  const field = String(issue.path[0] ?? '');
  const value = shortJson(valueAt(input, issue.path));
  if (field === '') return { field: 'request', value, rule: 'must be one JSON object' };
  const custom = issue.code === 'custom' || issue.code === 'invalid_format';
  const accepted = custom ? undefined : acceptedValues(own(schema.shape, field) as z.ZodType);
  const rule = accepted ? `must be ${accepted}` : custom ? issue.message : plainRule(issue);
  return { field, value, rule };
}

/** A value may be of several shapes: this is the fault of the one that fits furthest. */
function innermost(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const [deepest] = issue.errors
    .flatMap(([first]) => (first === undefined ? [] : [innermost(first) ?? first]))
    .toSorted((left, right) => depthOf(right) - depthOf(left));
  return deepest === undefined ? issue : { ...deepest, path: [...issue.path, ...deepest.path] };
}

/** A shape of another type than the value's fits least. */
const depthOf = ({ code, path }: z.core.$ZodIssue): number =>
  code === 'invalid_type' && path.length === 0 ? -1 : path.length;

function plainRule(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small' && issue.origin !== 'string') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin !== 'string') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'must not be empty';
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `must be at most ${issue.maximum} characters`;
  if (issue.code === 'invalid_type')
    return `must be ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  return issue.message;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** Text stands without quotes, so that a command line reads as it was typed. */
function shortJson(value: unknown): string {
  const text = typeof value === 'string' && value !== '' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
