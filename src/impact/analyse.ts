/** The effect of levers on growth and payroll: plans the sets to simulate, simulates them, and reads the answer. */
import type { ImpactReport, ImpactRequest } from './impact.contract.js';
import type { LeverRow } from '../levers/lever.contract.js';
import { listYears } from '../shared/contract/years.contract.js';
import { failure } from '../shared/errors/errors.js';
import { leverWarnings } from '../levers/warnings.js';
import type { SimulationSpec, Simulator } from '../simulation/simulator.js';
import { changeBetween, figuresOf } from './figures.js';
import { heatVariants, steppedPairs, waterfallStages } from './plan-sets.js';
import { decompositions, elasticities, heatMap, tornado, waterfall } from './report-parts.js';
import { simulateSets, type SetToSimulate, type SimulateSetsOptions } from './simulate-sets.js';
import { flowOf, type LeverBase, type Variant } from './variants.js';

export interface ImpactQuestion {
  /** Census, years, seed and scenario; its lever set is the base. */
  readonly spec: SimulationSpec;
  /** Fingerprint of the proposed set; the base's own where nothing is proposed. */
  readonly proposed: string;
  readonly measure: Pick<ImpactRequest, 'metric' | 'statuses' | 'target_mode'>;
  readonly sensitivities: boolean;
  readonly heat_map: ImpactRequest['heat_map'];
}

export interface ImpactPorts {
  readonly levers: {
    save(rows: readonly LeverRow[]): Promise<string>;
    load(fingerprint: string): Promise<LeverRow[]>;
  };
  /** So many simulations run side by side; at least one. */
  readonly lanes: readonly Simulator[];
}

export type ImpactOptions = SimulateSetsOptions;

/** @throws LEVER_MISSING, GROWTH_UNDEFINED, NOT_SUPPORTED; CANCELLED on an abort */
export async function analyse(
  question: ImpactQuestion,
  { levers, lanes }: ImpactPorts,
  options: ImpactOptions = {},
): Promise<ImpactReport> {
  const startedAt = performance.now();
  const { spec, proposed: proposedSet, measure } = question;
  const [first] = lanes;
  if (first === undefined) throw failure('UNEXPECTED', { detail: 'an impact needs a simulator' });
  const base: LeverBase = {
    scenario: spec.scenario,
    lever_set: spec.levers,
    rows: await levers.load(spec.levers),
    resolved: await first.resolveLevers(spec),
  };
  const wanted = await first.resolveLevers({ ...spec, levers: proposedSet });
  const stages = waterfallStages(base, wanted);
  const pairs = question.sensitivities ? steppedPairs(base) : [];
  const cells = heatVariants(base, question.heat_map, listYears(spec.years));

  const variants = [
    ...stages.map(({ variant }) => variant),
    ...pairs.flatMap(({ down, up }) => [down, up]),
    ...cells.map(({ variant }) => variant),
  ].filter((variant) => variant !== null && variant !== 'proposed');
  const sets = new Map<Variant, SetToSimulate>();
  for (const variant of variants)
    sets.set(variant, { lever_set: await levers.save(variant.rows), flow: variant.flow });
  const ends = [
    { lever_set: base.lever_set, flow: flowOf(base.resolved) },
    { lever_set: proposedSet, flow: flowOf(wanted) },
  ];
  const simulated = await simulateSets(spec, [...ends, ...sets.values()], lanes, options);

  const summaryOf = (leverSet: string) => simulated.summaries.get(leverSet)!;
  const figures = (leverSet: string) => figuresOf(summaryOf(leverSet), leverSet, measure);
  const ofVariant = (variant: Variant) => figures(sets.get(variant)!.lever_set);
  const [baseline, proposed] = [figures(base.lever_set), figures(proposedSet)];
  const parts = waterfall(stages, baseline, proposed, ofVariant);
  return {
    scenario: spec.scenario,
    years: spec.years,
    seed: spec.seed,
    employees: summaryOf(base.lever_set).employees,
    metric: measure.metric,
    statuses: measure.statuses,
    target_mode: measure.target_mode,
    levers_changed: parts.reduce((sum, { levers_changed }) => sum + levers_changed, 0),
    baseline,
    proposed,
    difference: changeBetween(baseline, proposed),
    waterfall: parts,
    decomposition: isDefault(measure)
      ? decompositions(summaryOf(base.lever_set), summaryOf(proposedSet))
      : null,
    tornado: tornado(pairs, baseline, ofVariant),
    elasticities: elasticities(pairs, base, baseline, ofVariant),
    heat_map: heatMap(cells, baseline, ofVariant),
    notices: leverWarnings(wanted).map(({ message }) => message),
    simulations_run: simulated.run,
    simulations_reused: simulated.reused,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** A summary has the parts of this growth alone. */
const isDefault = ({ metric, statuses }: ImpactQuestion['measure']): boolean =>
  metric === 'mean' &&
  new Set(statuses).size === 2 &&
  statuses.includes('continuous_active') &&
  statuses.includes('new_hire_active');
