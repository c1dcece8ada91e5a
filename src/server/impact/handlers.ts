/** Answers the route of the impact analysis. */
import path from 'node:path';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { given, inputFiles } from '../inputs.js';
import { askImpact } from './routes.js';

export const impactHandlers = ({ config, client }: ServerContext) =>
  newApi().openapi(askImpact, async (context) => {
    const { census, lever_set, ...question } = context.req.valid('json');
    const files = await inputFiles(config, { census, lever_set });
    const inHome = Object.fromEntries(
      Object.entries(files).map(([key, file]) => [key, path.join(config.home, file)]),
    );
    const report = await client.impact(
      { ...given(question), ...inHome, requested_by: context.get('caller').user },
      { signal: context.req.raw.signal },
    );
    return context.json(report, 200);
  });
