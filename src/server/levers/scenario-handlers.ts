/** Answers the routes of scenarios. */
import { failure } from '../../shared/errors/errors.js';
import { moveLevers } from '../../levers/moves.js';
import { leverStore } from '../../levers/open.js';
import { inheritance, readScenarios, resolveLevers, scenarioChain } from '../../levers/scenarios.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { getScenarios, postScenario } from './routes.js';

const ROOT = 'default';

export const scenarioHandlers = ({ config }: ServerContext) =>
  newApi()
    .openapi(getScenarios, async (context) => {
      const store = leverStore(config);
      const declared = await readScenarios(config);
      const own = await store.scenarios();
      const rows = await store.load(await store.current(ROOT));
      const names = new Set([
        ROOT,
        ...declared.map(({ scenario_id }) => scenario_id),
        ...own,
        ...rows.map(({ scenario_id }) => scenario_id),
      ]);
      const scenarios = await Promise.all(
        [...names].map(async (scenario_id) => {
          const known = declared.find((row) => row.scenario_id === scenario_id);
          const inherits = inheritance(scenario_id, declared);
          return {
            scenario_id,
            parent_id: inherits[1] ?? null,
            inherits,
            description: known?.description ?? '',
            lever_set: await store.current(scenario_id),
            has_own_levers: own.includes(scenario_id),
          };
        }),
      );
      return context.json({ scenarios }, 200);
    })
    .openapi(postScenario, async (context) => {
      const { scenario, copy_of, reason } = context.req.valid('json');
      const store = leverStore(config);
      const declared = await readScenarios(config);
      const base = await store.current(copy_of);
      const rows = await store.load(base);
      if (
        (await store.scenarios()).includes(scenario) ||
        rows.some(({ scenario_id }) => scenario_id === scenario)
      )
        throw failure('SCENARIO_EXISTS', { scenario });
      const mover = context.get('caller');
      const copied = resolveLevers(rows, scenarioChain(copy_of, declared, rows));
      const made = await moveLevers(config, { scenario, action: 'set', mover, reason }, async (scope) => {
        const parents = new Set(scope.chain.slice(1));
        const at = new Date().toISOString();
        const inherited = rows.filter(({ scenario_id }) => parents.has(scenario_id));
        const own = copied.map((row) => ({
          ...row,
          scenario_id: scenario,
          created_at: at,
          created_by: scope.by,
        }));
        return {
          fingerprint: await store.save([...inherited, ...own]),
          notices: [`${scenario} begins with the levers of ${copy_of}`],
        };
      });
      return context.json(made, 201);
    });
