/** What a simulation would run, for whoever asks before starting it. */
import { resolveInputs } from '../../runs/resolve-inputs.js';
import type { SimulationRequest } from '../../runs/request.contract.js';
import { createDependencies } from '../../dependencies.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import { CurrentPlan } from '../../simulation/model/compile-plan.js';
import { foresee, type ForeseenRun, type StoredSpec } from '../../simulation/foresee.js';
import type { SimulationSpec } from '../../simulation/simulator.js';
import type { ServerContext } from '../context.js';

/** Stored simulations looked through for one of the same scenario and years, the newest first. */
const LOOKED_AT = 50;

/**
 * @param base set that a draft was made from: a simulation of it is the nearest to compare a draft with
 * @throws what {@link resolveInputs} throws
 */
export async function foreseeSimulation(
  { config, logger, results }: ServerContext,
  request: SimulationRequest,
  base: string,
  signal: AbortSignal,
): Promise<ForeseenRun> {
  const dependencies = createDependencies(config, logger);
  const { simulator, catalog } = dependencies;
  try {
    const plan = await new CurrentPlan(config).get(() =>
      logger.info('The dbt project changed: compiling it.'),
    );
    const { spec } = await resolveInputs(request, dependencies, signal);
    for (const like of await likeIt(results, spec, base)) {
      try {
        return await foresee(simulator, plan, spec, like);
      } catch (error) {
        // Its levers or census were collected since: the one before it may still have them.
        if (!(error instanceof MeritloopError) || !GONE.has(error.code)) throw error;
      }
    }
    return await foresee(simulator, plan, spec, null);
  } finally {
    await simulator.close();
    await catalog.close();
  }
}

const GONE: ReadonlySet<string> = new Set(['LEVER_SET_UNKNOWN', 'CENSUS_UNKNOWN', 'FILE_MISSING']);

async function likeIt(
  results: ServerContext['results'],
  wanted: SimulationSpec,
  base: string,
): Promise<StoredSpec[]> {
  const { scenario, years } = wanted;
  const ids = await results.list();
  const found = await Promise.all(ids.slice(0, LOOKED_AT).map((id) => results.find(id)));
  const stored = found.flatMap(({ provenance }): StoredSpec[] => {
    if (provenance?.scenario !== scenario) return [];
    if (provenance.years.first !== years.first || provenance.years.last !== years.last) return [];
    const { simulation_id, dbt_code, census, lever_set: levers, seed, company_version } = provenance;
    return [
      {
        simulation_id,
        dbt_code,
        spec: {
          census: census.sha256,
          levers,
          scenario,
          years,
          seed,
          engine: 'plan',
          ...(company_version === undefined ? {} : { company_version }),
        },
      },
    ];
  });
  return stored.toSorted(
    (left, right) => likeness(right.spec, wanted, base) - likeness(left.spec, wanted, base),
  );
}

/** If two fit, the one with more of the same inputs says more. */
const likeness = (spec: SimulationSpec, wanted: SimulationSpec, base: string): number =>
  Number(spec.census === wanted.census) +
  Number(spec.seed === wanted.seed) +
  Number(spec.levers === base) / 2 +
  Number(spec.levers === wanted.levers);
