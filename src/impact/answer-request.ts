/** From an impact request in plain JSON to its answer, on this machine's simulators. */
import { impactRequest, type ImpactReport, type ImpactRequest } from './impact.contract.js';
import { PARAMETERS, roundLever, type LeverRow } from '../levers/lever.contract.js';
import { LEVER_FINGERPRINT } from '../levers/lever-store.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { failure } from '../shared/errors/errors.js';
import { analyse, type ImpactOptions } from './analyse.js';
import { assignLevers } from '../levers/assign.js';
import { jobLevels } from '../levers/job-levels.js';
import { resolveLevers } from '../levers/scenarios.js';
import type { Simulator } from '../simulation/simulator.js';
import { checkSupported } from '../tuning/measure.js';
import type { ActivityDependencies } from '../ports.js';
import { allowedPath } from '../runs/allowed-path.js';
import { resolveInputs } from '../runs/resolve-inputs.js';

export interface ImpactDependencies extends ActivityDependencies {
  /** The simulators that work side by side. */
  readonly lanes: readonly Simulator[];
  /** The scenario, its parent and so on. @throws SCENARIO_UNKNOWN */
  readonly chainOf: (scenario: string, rows: readonly LeverRow[]) => Promise<string[]>;
}

/**
 * @param input an {@link impactRequest}, not checked yet
 * @throws REQUEST_INVALID naming the field; FILE_MISSING, ROW_INVALID, LEVER_LOCKED, LEVER_MISSING, LEVER_SET_UNKNOWN,
 * SCENARIO_UNKNOWN, GROWTH_UNDEFINED, NOT_SUPPORTED; CANCELLED on an abort
 */
export async function analyseImpact(
  input: unknown,
  dependencies: ImpactDependencies,
  options: ImpactOptions = {},
): Promise<ImpactReport> {
  const request = parse(input);
  checkSupported({ ...request, seeds: undefined, targets: undefined });
  const signal = options.signal ?? new AbortController().signal;
  try {
    const { spec, notices } = await resolveInputs({ ...request, engine: 'plan' }, dependencies, signal);
    const proposed = await proposedSet(request, spec.levers, dependencies);
    const { metric, statuses, target_mode, sensitivities, heat_map } = request;
    const measure = { metric, statuses: [...new Set(statuses)], target_mode };
    const report = await analyse({ spec, proposed, measure, sensitivities, heat_map }, dependencies, options);
    return { ...report, notices: [...notices, ...report.notices] };
  } catch (error) {
    if (options.signal?.aborted === true) throw failure('CANCELLED', { what: 'the impact analysis' }, error);
    throw error;
  }
}

function parse(input: unknown): ImpactRequest {
  const request = parseRequest(impactRequest, input);
  for (const { parameter_name, parameter_value } of request.assignments ?? []) {
    const [low, high] = PARAMETERS[parameter_name].hardRange;
    if (parameter_value < low || parameter_value > high)
      throw failure('REQUEST_INVALID', {
        source: 'request',
        field: parameter_name,
        value: String(parameter_value),
        rule: `must be from ${low} to ${high}, a decimal`,
      });
  }
  return request;
}

/** The base levers, or the file or set named, with the assignments made one after another. */
async function proposedSet(
  { proposed, assignments = [], scenario }: ImpactRequest,
  base: string,
  { config, levers, chainOf }: ImpactDependencies,
): Promise<string> {
  const start =
    proposed === undefined
      ? base
      : LEVER_FINGERPRINT.test(proposed)
        ? proposed
        : await levers.importFile(allowedPath(config, 'proposed', proposed) ?? proposed);
  if (assignments.length === 0) return start;
  let rows = await levers.load(start);
  const chain = await chainOf(scenario, rows);
  const known = yearsOf(resolveLevers(rows, chain));
  for (const { parameter_name, parameter_value, years, levels } of assignments) {
    const absent = years?.find((year) => !known.includes(year));
    if (absent !== undefined)
      throw failure('REQUEST_INVALID', {
        source: 'request',
        field: 'years',
        value: String(absent),
        rule: `must be years that have levers: ${known.join(', ')}`,
      });
    rows = assignLevers(rows, {
      scenario,
      chain,
      years: years ?? known,
      levels: levels ?? jobLevels(config),
      values: new Map([[parameter_name, roundLever(parameter_value) + 0]]),
      by: 'impact',
      // The same question is the same set, whenever it is asked.
      at: '',
    });
  }
  return levers.save(rows);
}

const yearsOf = (rows: readonly LeverRow[]): number[] =>
  [...new Set(rows.map(({ fiscal_year }) => fiscal_year))].toSorted((one, other) => one - other);
