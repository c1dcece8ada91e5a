/** Turns the inputs of a request into fingerprints: files are copied into the home and only the copies are used. */
import type { OptimizationRequest } from './request.contract.js';
import { parsePlanYears, type PlanYears } from '../shared/contract/years.contract.js';
import { asItIsNow } from '../companies/company-config.js';
import { jobLevels } from '../levers/job-levels.js';
import { absenceNotices } from '../levers/absent.js';
import { readTargets, type RunTargets } from '../targets/read-targets.js';
import { checkLimitLevels, readLimits } from '../targets/read-limits.js';
import type { LeverLimit } from '../targets/targets.contract.js';
import type { SimulationSpec } from '../simulation/simulator.js';
import { allowedPath } from './allowed-path.js';
import type { ActivityDependencies } from '../ports.js';

export interface ResolvedInputs {
  readonly spec: SimulationSpec;
  /** What the scenario's pointer shows. */
  readonly published: string;
  readonly targets: RunTargets | null;
  /** Those of the targets, then those of the request: the last that names a row decides. */
  readonly limits: readonly LeverLimit[];
  readonly notices: readonly string[];
}

/** @throws FILE_MISSING, ROW_INVALID, LEVER_MISSING, SCENARIO_UNKNOWN, REQUEST_INVALID naming the field */
export async function resolveInputs(
  request: Pick<
    OptimizationRequest,
    'census' | 'levers' | 'scenario' | 'years' | 'seed' | 'engine' | 'targets' | 'limits'
  >,
  { config, levers, importCensus, settings, simulator }: ActivityDependencies,
  signal: AbortSignal,
): Promise<ResolvedInputs> {
  const defaults = await settings();
  const years = request.years
    ? parsePlanYears(request.years)
    : { first: defaults.start_year, last: defaults.end_year };
  const { targets: input } = request;
  const given = typeof input === 'string' ? allowedPath(config, 'targets', input) : input;
  const targets =
    given === undefined ? null : await readTargets(given, { scenario: request.scenario, years });
  const bounds =
    typeof request.limits === 'string' ? allowedPath(config, 'limits', request.limits) : request.limits;
  const limits = bounds === undefined ? [] : await readLimits(bounds, years);
  checkLimitLevels([...(targets?.limits ?? []), ...limits], jobLevels(asItIsNow(config)));
  const census = await importCensus(
    allowedPath(config, 'census', request.census),
    baselineDate(years),
    signal,
  );
  const published = await levers.current(request.scenario);
  const file = allowedPath(config, 'levers', request.levers);
  const spec: SimulationSpec = {
    census: census.sha256,
    levers: file === undefined ? published : await levers.importFile(file),
    scenario: request.scenario,
    years,
    seed: request.seed ?? defaults.random_seed,
    engine: request.engine,
    ...(defaults.company_version === undefined ? {} : { company_version: defaults.company_version }),
  };
  // Every lever must resolve before anything is simulated: a missing row is a bad input, not a failed simulation.
  await simulator.resolveLevers(spec);
  return {
    spec,
    published,
    targets,
    limits: [...(targets?.limits ?? []), ...limits],
    notices: [
      ...(defaults.notices ?? []),
      ...census.notices,
      ...absenceNotices(await levers.load(spec.levers)),
      ...(targets?.notices ?? []),
    ],
  };
}

/** December 31 before the first plan year. */
const baselineDate = ({ first }: PlanYears): string => `${first - 1}-12-31`;
