/** What requests and responses of the HTTP API share: problem documents, paging, lists in a query. */
import { z } from 'zod';
import { STATUSES, type DetailedStatus } from '../runs/request.contract.js';

/** One rule that a request or a file breaks. */
export const brokenField = z
  .object({
    where: z.enum(['body', 'query', 'path', 'header', 'file']),
    field: z.string().describe('Path of the field, such as `changes.3.value`, or the column of a file.'),
    value: z.string().describe('What was found, shortened.'),
    rule: z.string().describe('What the field accepts.'),
    line: z.int().nullable().describe('Physical line of a file; null for a request.'),
  })
  .meta({ id: 'BrokenField' });
export type BrokenField = z.infer<typeof brokenField>;

/** One lever that differs between two sets. Values are decimal rates or multipliers. */
export const leverDifference = z
  .object({
    scenario_id: z.string(),
    fiscal_year: z.int(),
    job_level: z.int(),
    event_type: z.enum(['RAISE', 'PROMOTION', 'HIRE']),
    parameter_name: z.string(),
    before: z.number().nullable().describe('Decimal rate or multiplier; null: the set has no such row.'),
    after: z.number().nullable().describe('Decimal rate or multiplier; null: the set has no such row.'),
    locked_before: z.boolean().nullable(),
    locked_after: z.boolean().nullable(),
  })
  .meta({ id: 'LeverDifference' });

/** What stands against what, where somebody else moved the levers first. */
export const leverConflict = z
  .object({
    scenario: z.string(),
    expected: z.string().describe('Fingerprint that the request expected to be current.'),
    found: z.string().describe('Fingerprint that is current.'),
    own: z.string().describe('Fingerprint of the set that was to become current; it is stored.'),
    by: z.string().describe('Who moved the levers meanwhile.'),
    at: z.string().describe('When, ISO 8601.'),
    reason: z.string(),
    run_id: z.string().nullable(),
    theirs: z.array(leverDifference).describe('From the expected set to the one found.'),
    yours: z.array(leverDifference).describe('From the expected set to your own.'),
  })
  .meta({ id: 'LeverConflict' });
export type LeverConflict = z.infer<typeof leverConflict>;

/** RFC 9457 problem document. */
export const problem = z
  .object({
    type: z.string().describe('`urn:meritloop:error:<code>`.'),
    title: z.string().describe('The kind of error in words.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What happened.'),
    instance: z.string().describe('Path of the request.'),
    code: z.string().describe('Stable code of the error table (docs/errors.md).'),
    hint: z.string().describe('What to do next.'),
    field: z.string().nullable().describe('The field that was refused.'),
    value: z.string().nullable().describe('Its value.'),
    rule: z.string().nullable().describe('What it accepts.'),
    fields: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
      .describe('The values concerned, by name.'),
    errors: z.array(brokenField).describe('Every broken rule, where there may be several.'),
    conflict: leverConflict.nullable().describe('Set where somebody else moved the levers first.'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

const WORD = `(${STATUSES.join('|')})`;
const statusList = z
  .string()
  .regex(new RegExp(`^${WORD}(,${WORD})*$`), `must be a list of ${STATUSES.join(', ')}, with commas between`);
const statusesOf = (text: string): DetailedStatus[] =>
  STATUSES.filter((status) => text.split(',').includes(status));

/** Those of whom a number is; by default all who are active at year end. */
export const statusesQuery = statusList
  .default('continuous_active,new_hire_active')
  .transform(statusesOf)
  .describe('Detailed statuses, with commas between.');

export const anyStatusesQuery = statusList
  .transform(statusesOf)
  .optional()
  .describe('Detailed statuses of the snapshot, with commas between; default: all.');

export const levelsQuery = z
  .string()
  .regex(/^([1-9]|[123]\d|40)(,([1-9]|[123]\d|40))*$/, 'must be levels from 1 to 40, with commas between')
  .transform((text) => [...new Set(text.split(',').map(Number))])
  .optional()
  .describe('Job levels, with commas between; default: all.');

/** A whole number in a query, as which the document shows it. */
const wholeNumber = (low: number, high: number, description: string) => ({
  schema: z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((number) => number >= low && number <= high, `must be a whole number from ${low} to ${high}`),
  meta: { type: 'integer', minimum: low, maximum: high, pattern: undefined, description } as const,
});

export function wholeNumberQuery(low: number, high: number, description: string) {
  const { schema, meta } = wholeNumber(low, high, description);
  return schema.meta(meta);
}

export function optionalNumberQuery(low: number, high: number, description: string) {
  const { schema, meta } = wholeNumber(low, high, description);
  return schema.optional().meta(meta);
}

export function defaultNumberQuery(low: number, high: number, fallback: number, description: string) {
  const { schema, meta } = wholeNumber(low, high, description);
  return schema.default(fallback).meta({ ...meta, default: fallback });
}

export const FINGERPRINT_64 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
  .describe('sha256 of the content.');

export const reason = z.string().trim().min(1).max(500).describe('Why; stands in the history.');

/** Names a start, so that sending it twice starts once. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, dot, dash or underscore')
    .optional()
    .describe('Names the start: the same key again gives the same run. Default: a new one.'),
});

/** Where the last event that a follower of a stream has seen stood. */
export const lastEventHeader = z.object({
  'last-event-id': z
    .string()
    .max(200)
    .optional()
    .describe(
      'Id of the last event seen: what came later follows, or a new snapshot where that is not known.',
    ),
});
