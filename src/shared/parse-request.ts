/** From plain JSON to what a contract says, or a refusal that names field, value and rule: the one place that does so. */
import type { z } from 'zod';
import { brokenRule } from './contract/rule.contract.js';
import { failure } from './errors/errors.js';

/**
 * @param source names in the refusal where the input came from, such as a file
 * @throws MeritloopError REQUEST_INVALID naming the field
 */
export function parseRequest<Schema extends z.ZodObject>(
  schema: Schema,
  input: unknown,
  source = 'request',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw failure('REQUEST_INVALID', { source, ...brokenRule(schema, parsed.error, input) });
}
