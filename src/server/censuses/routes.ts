/** Routes of censuses. */
import { createRoute, z } from '@hono/zod-openapi';
import * as censuses from './censuses.contract.js';
import { json, problems } from '../route-parts.js';

const tags = ['censuses'];
const file = z.string().meta({ format: 'binary' });

export const getCensuses = createRoute({
  method: 'get',
  path: '/api/censuses',
  tags,
  summary: 'List the stored censuses',
  responses: { 200: json(censuses.censusList, 'The sample company first, then the newest.'), ...problems },
});

export const uploadCensus = createRoute({
  method: 'post',
  path: '/api/censuses',
  tags,
  summary: 'Check a census file, and store it when it has no fault',
  description: 'The body is the file itself, CSV or Parquet. No value of a row is in the answer.',
  request: {
    query: censuses.uploadQuery,
    body: {
      required: true,
      content: {
        'text/csv': { schema: file },
        'application/vnd.apache.parquet': { schema: file },
        'application/octet-stream': { schema: file },
      },
    },
  },
  responses: {
    200: json(censuses.censusVerdict, 'It has faults: nothing was stored.'),
    201: json(censuses.censusVerdict, 'It is stored.'),
    ...problems,
  },
});

export const getCensus = createRoute({
  method: 'get',
  path: '/api/censuses/{sha256}',
  tags,
  summary: 'Aggregates of a census',
  request: { params: censuses.censusParam },
  responses: {
    200: json(censuses.censusSummary, 'Headcount and pay by level, bands of age and tenure.'),
    ...problems,
  },
});
