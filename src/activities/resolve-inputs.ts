/** Turns the inputs of a request into fingerprints: files are copied into the home and only the copies are used. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OptimizationRequest } from '../contract/request.js';
import { parsePlanYears, type PlanYears } from '../contract/years.js';
import { failure } from '../errors.js';
import { readTargets, type RunTargets } from '../seeds/read-targets.js';
import type { SimulationSpec } from '../simulation/simulator.js';
import type { ActivityDependencies } from './ports.js';

export interface ResolvedInputs {
  readonly spec: SimulationSpec;
  /** What the scenario's pointer shows. */
  readonly published: string;
  readonly targets: RunTargets | null;
  readonly notices: readonly string[];
}

/** @throws FILE_MISSING, ROW_INVALID, LEVER_MISSING, SCENARIO_UNKNOWN, REQUEST_INVALID naming the field */
export async function resolveInputs(
  request: Pick<
    OptimizationRequest,
    'census' | 'levers' | 'scenario' | 'years' | 'seed' | 'engine' | 'targets'
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
  };
  // Every lever must resolve before anything is simulated: a missing row is a bad input, not a failed simulation.
  await simulator.resolveLevers(spec);
  return { spec, published, targets, notices: [...census.notices, ...(targets?.notices ?? [])] };
}

/** December 31 before the first plan year. */
const baselineDate = ({ first }: PlanYears): string => `${first - 1}-12-31`;

/** An absolute path as it is; a relative one under the project, from which it may not lead out. */
export function allowedPath(
  { projectRoot, home }: ActivityDependencies['config'],
  field: string,
  file: string | undefined,
): string | undefined {
  if (file === undefined || path.isAbsolute(file)) return file;
  const resolved = [home, projectRoot].map((root) => ({ root, file: path.resolve(root, file) }));
  const inside = resolved.filter(({ root, file: candidate }) => candidate.startsWith(root + path.sep));
  if (inside.length === 0)
    throw failure('REQUEST_INVALID', {
      source: 'request',
      field,
      value: file,
      rule: 'must stay inside the home or the project',
    });
  return inside.find(({ file: candidate }) => existsSync(candidate))?.file ?? inside.at(-1)?.file;
}
