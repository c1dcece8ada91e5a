/** The parts that route definitions are made of. */
import { z } from '@hono/zod-openapi';
import { problem } from './common.contract.js';

/** A JSON answer. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A JSON body. It is validated only because it is required. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

const problemDocument = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

/** What every route may answer instead. */
export const problems = {
  '4XX': problemDocument('The request is refused: code, what happened, and what to do next.'),
  '5XX': problemDocument('The surroundings are at fault (503), or the unexpected (500).'),
} as const;

/** A stream of server-sent events. */
export const eventStream = {
  description:
    'Events `snapshot` (the whole state), `delta` (the top-level fields that changed, with their new values) and `end` (the whole state at the end), each with an id. After a lost connection send Last-Event-ID.',
  content: { 'text/event-stream': { schema: z.string() } },
};

/** Who may ask, where it is not the rule: reading takes a viewer, everything else an analyst. */
export const open = { 'x-role': 'nobody in particular' } as const;
/** It only looks, although it takes a body. */
export const forViewers = { 'x-role': 'viewer' } as const;
export const forAnalysts = { 'x-role': 'analyst' } as const;
export const forApprovers = { 'x-role': 'approver' } as const;
