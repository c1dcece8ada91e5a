/** A part of the API: what it knows of the caller, and one validation hook, so that every refusal looks the same. */
import { OpenAPIHono, type Hook } from '@hono/zod-openapi';
import type { BrokenField } from './common.contract.js';
import { failure } from '../shared/errors/errors.js';
import type { Caller } from './access.js';
import { brokenFields } from './broken-fields.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

export interface ApiEnv {
  /** What the listener tells of the connection; passed on as it is. */
  Bindings: object;
  Variables: { caller: Caller };
}

const PARTS: Readonly<Record<string, BrokenField['where']>> = {
  json: 'body',
  form: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
  cookie: 'header',
};

const refuse: Hook<unknown, ApiEnv, string, unknown> = (result, context) => {
  if (result.success) return undefined;
  const input: unknown = 'data' in result ? result.data : undefined;
  const errors = brokenFields(result.error, PARTS[result.target] ?? 'body', input);
  const [first] = errors;
  const error = failure('REQUEST_INVALID', {
    source: first?.where ?? 'request',
    field: first?.field ?? '',
    value: first?.value ?? '',
    rule: first?.rule ?? 'must be valid',
  });
  return context.body(JSON.stringify(problemOf(error, context.req.path, { errors })), 422, {
    'Content-Type': PROBLEM_TYPE,
  });
};

export const newApi = () => new OpenAPIHono<ApiEnv>({ defaultHook: refuse });
