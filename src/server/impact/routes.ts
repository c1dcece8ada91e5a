/** The route of the impact analysis. */
import { createRoute } from '@hono/zod-openapi';
import { impactAnswer, impactQuestion } from './impact.contract.js';
import { body, json, problems } from '../route-parts.js';

export const askImpact = createRoute({
  method: 'post',
  path: '/api/impact',
  tags: ['impact'],
  summary: 'What levers do to growth and payroll: every figure is simulated, none is estimated',
  description: 'Answers when all simulations are done; closing the connection ends them.',
  request: { body: body(impactQuestion) },
  responses: { 200: json(impactAnswer, 'Waterfall, tornado, elasticities and heat map.'), ...problems },
});
