/** Answers the routes of simulations: jobs that make them, and the stored ones. */
import { jobLevels } from '../../levers/job-levels.js';
import { assignCells, type LeverCell } from '../../levers/assign.js';
import { draftCells, draftErrors } from '../../levers/draft.js';
import { leverStore } from '../../levers/open.js';
import { inheritance, readScenarios } from '../../levers/scenarios.js';
import { failure } from '../../shared/errors/errors.js';
import type { SimulationJob } from './simulations.contract.js';
import { withheldSummary } from '../../simulation/results/withheld.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { eventStreamOf } from '../event-stream.js';
import { foreseeSimulation } from './foresee-simulation.js';
import { given, inputFiles, once } from '../inputs.js';
import { Refusal } from '../refusal.js';
import { runsOfSimulation } from './runs-of-simulation.js';
import * as routes from './routes.js';

export const simulationHandlers = (server: ServerContext) => {
  const { config, client, results } = server;
  return newApi()
    .openapi(routes.startSimulation, async (context) => {
      const { changes, census, lever_set, ...request } = context.req.valid('json');
      const { 'idempotency-key': key } = context.req.valid('header');
      const { user } = context.get('caller');
      const draft = await draftSet(server, request.scenario, lever_set, changes ?? []);
      const files = await inputFiles(config, { census, lever_set: draft });
      const asked = { ...given(request), ...files, requested_by: user };
      const { job, joined } = await once(key, () => client.simulations.start(asked, key));
      return context.json({ ...job, joined }, 202);
    })
    .openapi(routes.planSimulation, async (context) => {
      const { changes, census, lever_set, ...request } = context.req.valid('json');
      const base = lever_set ?? (await leverStore(config).current(request.scenario));
      const draft = await draftSet(server, request.scenario, base, changes ?? []);
      const files = await inputFiles(config, { census, lever_set: draft });
      const seen = await foreseeSimulation(
        server,
        { ...given(request), ...files },
        base,
        context.req.raw.signal,
      );
      const { like, stored, differences } = seen;
      const steps = seen.steps.map((step) => ({ ...step, because: [...step.because] }));
      return context.json({ like, stored, differences: [...differences], steps }, 200);
    })
    .openapi(routes.getJobs, async (context) => {
      const { limit } = context.req.valid('query');
      return context.json({ jobs: await client.simulations.list(limit) }, 200);
    })
    .openapi(routes.getJob, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await client.simulations.show(id), 200);
    })
    .openapi(routes.followJob, async (context) => {
      const { id } = context.req.valid('param');
      const { 'last-event-id': lastId } = context.req.valid('header');
      const source = {
        look: () => client.simulations.show(id),
        isOver: ({ status }: SimulationJob) => status !== 'running',
      };
      // An unknown job is refused as such, not by an event.
      await source.look();
      return eventStreamOf(context, server, `job/${id}`, source, lastId);
    })
    .openapi(routes.cancelJob, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await client.simulations.cancel(id), 202);
    })
    .openapi(routes.getSimulations, async (context) => {
      const { limit } = context.req.valid('query');
      const ids = await results.list();
      const smallest = smallestCellOf(config, context.get('caller'));
      const found = await Promise.all(ids.slice(0, limit).map((id) => results.find(id)));
      const simulations = found.flatMap(({ summary, provenance }) =>
        provenance === null
          ? []
          : [
              {
                simulation_id: summary.simulation_id,
                made_at: provenance.made_at,
                scenario: provenance.scenario,
                first_year: provenance.years.first,
                last_year: provenance.years.last,
                seed: provenance.seed,
                engine: provenance.engine,
                census: provenance.census.sha256,
                lever_set: provenance.lever_set,
                employees: summary.employees,
                closing: summary.years.at(-1)?.closing ?? 0,
                mean_growth: withheldSummary(summary, smallest).mean_growth,
                seconds: summary.seconds,
              },
            ],
      );
      return context.json({ simulations, total: ids.length }, 200);
    })
    .openapi(routes.getSimulation, async (context) => {
      const { id } = context.req.valid('param');
      const { summary, provenance } = await results.find(id);
      const shown = withheldSummary(summary, smallestCellOf(config, context.get('caller')));
      return context.json({ summary: shown, provenance, has_tables: provenance !== null }, 200);
    })
    .openapi(routes.getRunsOfSimulation, async (context) => {
      const { id } = context.req.valid('param');
      return context.json({ runs: await runsOfSimulation(config, client, id) }, 200);
    })
    .openapi(routes.getProvenance, async (context) => {
      const { id } = context.req.valid('param');
      const { provenance, folder } = await results.findTables(id);
      if (provenance === null) throw failure('SIMULATION_WITHOUT_TABLES', { simulation: id, folder });
      return context.json(provenance, 200);
    });
};

/** Stores a draft as a set of its own; the set that was asked for where there is none. */
async function draftSet(
  { config }: ServerContext,
  scenario: string,
  lever_set: string | undefined,
  changes: readonly LeverCell[],
): Promise<string> {
  const store = leverStore(config);
  const base = lever_set ?? (await store.current(scenario));
  if (changes.length === 0) return base;
  const chain = inheritance(scenario, await readScenarios(config));
  const rows = await store.load(base);
  const cells = draftCells(changes);
  const errors = draftErrors(rows, chain, cells, jobLevels(config));
  if (errors.length > 0)
    throw new Refusal(
      errors.map(({ index, field, ...error }) => ({
        where: 'body',
        field: `changes.${index}.${field}`,
        line: null,
        ...error,
      })),
    );
  // The same draft is the same set, whenever and by whomever it is tried.
  return store.save(assignCells(rows, cells, { scenario, chain, by: 'draft', at: DRAFT_AT }));
}

const DRAFT_AT = '1970-01-01T00:00:00Z';
