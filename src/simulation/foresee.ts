/** What a simulation would run, and why: its models compared with those of a stored simulation, without simulating. */
import { PARAMETER_NAMES } from '../levers/catalogue.terms.js';
import { isOfYears, type Plan, type PlanModel } from './model/plan.js';
import type { ModelVersion, ResolvedLever, SimulationSpec, Simulator } from './simulator.js';

/** A stored simulation to compare with. */
export interface StoredSpec {
  readonly simulation_id: string;
  readonly spec: SimulationSpec;
  /** Fingerprint of the dbt code that made it. */
  readonly dbt_code: string;
}

export interface ForeseenStep {
  readonly model: string;
  readonly year: number;
  readonly action: 'run' | 'reuse';
  /** What it reads that differs from the stored simulation. */
  readonly because: readonly string[];
}

export interface ForeseenRun {
  /** Id of the stored simulation; null where there is none to compare with. */
  readonly like: string | null;
  /** Nothing differs: the stored simulation answers. */
  readonly stored: boolean;
  readonly differences: readonly string[];
  readonly steps: readonly ForeseenStep[];
}

/** @throws what {@link Simulator.modelVersions} throws */
export async function foresee(
  simulator: Simulator,
  plan: Plan,
  spec: SimulationSpec,
  like: StoredSpec | null,
): Promise<ForeseenRun> {
  const wanted = await simulator.modelVersions(spec);
  const levers = await simulator.resolveLevers(spec);
  // Code that was edited since gives no model the rows that it had.
  const comparable = like !== null && like.dbt_code === plan.fingerprint ? like : null;
  const had = comparable === null ? [] : await simulator.modelVersions(comparable.spec);
  const steps = stepsOf(plan, wanted, had);
  const differences =
    like === null
      ? ['no simulation of this scenario and these years is stored']
      : comparable === null
        ? ['the dbt models were changed']
        : differencesOf(spec, comparable.spec, levers, await simulator.resolveLevers(comparable.spec));
  return {
    like: like?.simulation_id ?? null,
    stored: comparable !== null && steps.every(({ action }) => action === 'reuse'),
    differences,
    steps,
  };
}

const versionKey = (model: string, year: number | null): string => `${model} ${year ?? ''}`;

function stepsOf(plan: Plan, wanted: readonly ModelVersion[], had: readonly ModelVersion[]): ForeseenStep[] {
  const before = new Map(had.map(({ model, year, version }) => [versionKey(model, year), version]));
  const differs = new Set(
    wanted
      .filter(({ model, year, version }) => before.get(versionKey(model, year)) !== version)
      .map(({ model, year }) => versionKey(model, year)),
  );
  const models = new Map(plan.models.map((model) => [model.name, model]));
  return wanted.flatMap(({ model: name, year }): ForeseenStep[] => {
    const model = models.get(name);
    if (model === undefined || year === null || model.scope !== 'year' || model.materialized === 'view')
      return [];
    if (!differs.has(versionKey(name, year))) return [{ model: name, year, action: 'reuse', because: [] }];
    return [
      {
        model: name,
        year,
        action: 'run',
        because: had.length === 0 ? [] : causes(models, differs, model, year),
      },
    ];
  });
}

/** The inputs that differ, of the year or of the year before; none where a source of the run itself does. */
function causes(
  models: ReadonlyMap<string, PlanModel>,
  differs: ReadonlySet<string>,
  { refs, sources }: PlanModel,
  year: number,
): string[] {
  const read = refs.flatMap((ref) => {
    const parent = models.get(ref);
    const own = parent !== undefined && isOfYears(parent) ? year : null;
    return differs.has(versionKey(ref, own)) ? [ref] : [];
  });
  const earlier = sources.flatMap((source) => {
    const [group, table = ''] = source.split('.');
    return group === 'preceding_year' && differs.has(versionKey(table, year - 1))
      ? [`${table} of ${year - 1}`]
      : [];
  });
  return [...read, ...earlier];
}

function differencesOf(
  wanted: SimulationSpec,
  had: SimulationSpec,
  levers: readonly ResolvedLever[],
  before: readonly ResolvedLever[],
): string[] {
  const keyOf = ({ fiscal_year, job_level, parameter_name }: ResolvedLever): string =>
    `${fiscal_year} ${job_level} ${parameter_name}`;
  const values = new Map(before.map((row) => [keyOf(row), row.parameter_value]));
  const moved = levers.filter((row) => values.get(keyOf(row)) !== row.parameter_value);
  const words = PARAMETER_NAMES.flatMap((name) => {
    const rows = moved.filter(({ parameter_name }) => parameter_name === name);
    const years = [...new Set(rows.map(({ fiscal_year }) => fiscal_year))];
    return rows.length === 0
      ? []
      : [`${name} of ${years.join(', ')} (${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`];
  });
  return [
    ...(wanted.census === had.census ? [] : ['the census']),
    ...(wanted.seed === had.seed ? [] : [`random seed ${had.seed} is now ${wanted.seed}`]),
    ...words,
  ];
}
