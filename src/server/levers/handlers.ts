/** Answers the routes that look at levers. */
import { failure } from '../../shared/errors/errors.js';
import { leverChanges } from '../../levers/changes.js';
import { formatLevers } from '../../levers/file.js';
import { lineage } from '../../levers/lineage.js';
import { leverStore } from '../../levers/open.js';
import {
  asSeenBy,
  inheritance,
  readScenarios,
  resolveLevers,
  scenarioChain,
} from '../../levers/scenarios.js';
import { leverWarnings } from '../../levers/warnings.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { cellValues, parameterInfos } from './views.js';
import * as routes from './routes.js';

export const leverHandlers = ({ config }: ServerContext) => {
  const chainOf = async (scenario: string) => inheritance(scenario, await readScenarios(config));
  return newApi()
    .openapi(routes.getLevers, async (context) => {
      const { scenario, lever_set } = context.req.valid('query');
      const store = leverStore(config);
      const current = await store.current(scenario);
      const shown = lever_set ?? current;
      const rows = await store.load(shown);
      const inherits = scenarioChain(scenario, await readScenarios(config), rows);
      const resolved = resolveLevers(rows, inherits);
      const moves = await store.history();
      return context.json(
        {
          scenario,
          inherits,
          lever_set: shown,
          is_current: shown === current,
          last_move: moves.findLast(({ to }) => to === shown) ?? null,
          years: [...new Set(resolved.map(({ fiscal_year }) => fiscal_year))].toSorted(
            (left, right) => left - right,
          ),
          parameters: parameterInfos(),
          levers: resolved.map((row) => ({ ...row, inherited: row.scenario_id !== scenario })),
          warnings: leverWarnings(resolved),
          notices: [],
        },
        200,
      );
    })
    .openapi(routes.getLeverHistory, async (context) => {
      const { scenario, limit } = context.req.valid('query');
      const moves = await leverStore(config).history(scenario);
      return context.json({ moves: moves.toReversed().slice(0, limit) }, 200);
    })
    .openapi(routes.getCellHistory, async (context) => {
      const { scenario, fiscal_year, job_level, parameter_name } = context.req.valid('query');
      const values = await cellValues(
        leverStore(config),
        { scenario, chain: await chainOf(scenario) },
        (row) =>
          row.fiscal_year === fiscal_year &&
          row.job_level === job_level &&
          row.parameter_name === parameter_name,
      );
      return context.json({ values }, 200);
    })
    .openapi(routes.getLeverDiff, async (context) => {
      const query = context.req.valid('query');
      const store = leverStore(config);
      const chain = await chainOf(query.scenario);
      const to = query.to ?? (await store.current(query.scenario));
      const from = query.from ?? lineage(await store.history(query.scenario)).at(-2);
      if (from === undefined) throw failure('LEVERS_NEVER_MOVED', { scenario: query.scenario, sets: 0 });
      const [before, after] = await Promise.all([store.load(from), store.load(to)]);
      const changes = leverChanges(
        asSeenBy(query.scenario, chain, before),
        asSeenBy(query.scenario, chain, after),
      );
      return context.json({ from, to, changes }, 200);
    })
    .openapi(routes.exportLevers, async (context) => {
      const { scenario, lever_set } = context.req.valid('query');
      const store = leverStore(config);
      const fingerprint = lever_set ?? (await store.current(scenario));
      return context.body(formatLevers(await store.load(fingerprint)), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="levers-${fingerprint.slice(0, 12)}.csv"`,
      });
    });
};
