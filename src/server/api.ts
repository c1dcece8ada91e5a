/** A part of the API: one validation hook, so that every refusal looks the same. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { failure } from '../errors.js';

export const newApi = () => new OpenAPIHono();

/** A route whose answer comes with a later release. */
export const later = (): never => {
  throw failure('NOT_SUPPORTED', { option: 'this', value: 'route', supported: 'the other routes' });
};
