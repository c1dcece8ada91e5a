/** The part of `proposeLevers` for runs with several targets: measures their figures and hands them to the tuner. */
import { failure } from '../shared/errors/errors.js';
import type { TargetMeasurement } from '../simulation/simulator.js';
import type { SolveLp } from '../tuning/several-targets/linear-program.js';
import { recordMany, startMany, type Measured } from '../tuning/several-targets/record.js';
import type { Figures, ManyState } from '../tuning/several-targets/state.js';
import { nextManyStep } from '../tuning/several-targets/step.js';
import { isHeld, leverName, orderedProblem, type TunableLever } from '../tuning/problem.js';
import { tunableLevers } from '../tuning/tunable-levers.js';
import { withLimits } from './lever-limits.js';
import type { ActivityDependencies } from '../ports.js';
import { simulationSpec, type Measurement, type RunSpec } from '../runs/run-spec.js';

export interface TargetStep {
  readonly spec: RunSpec;
  readonly measurement: Measurement;
  /** Fingerprint of the lever set that was simulated. */
  readonly lever_set: string;
}

/** Starts the tuner from the baseline. @throws NOTHING_TO_TUNE, TARGET_UNDEFINED */
export async function startTargets(
  { simulator }: Pick<ActivityDependencies, 'simulator'>,
  { spec, measurement, lever_set }: TargetStep,
): Promise<ManyState> {
  const { goals, limits } = targetsOf(spec);
  const rows = await simulator.resolveLevers(simulationSpec(spec, lever_set));
  const { target, tolerance, max_iterations, strategy } = spec;
  const { levers } = orderedProblem({
    target,
    tolerance,
    max_iterations,
    strategy,
    levers: withLimits(tunableLevers(rows, [], spec), limits),
  });
  const held = levers.filter(isHeld).length;
  if (levers.length === held) throw failure('NOTHING_TO_TUNE', { tune: spec.tune.join(', '), locked: held });
  const measured = await simulator.measureTargets(simulationSpec(spec, lever_set), goals);
  return startMany(
    { targets: goals, levers, max_iterations, growth_target: target },
    measuredOf(measurement, figuresOf(measured, levers)),
  );
}

/** Adds the simulation that the tuner asked for. Bounds give growth alone, so that only candidates are looked into. */
export async function recordTargets(
  { simulator }: Pick<ActivityDependencies, 'simulator'>,
  state: ManyState,
  { spec, measurement, lever_set }: TargetStep,
  solve: SolveLp,
): Promise<ManyState> {
  const step = nextManyStep(state);
  if (step.kind === 'done')
    throw failure('UNEXPECTED', { detail: 'a measurement came after the tuner was done' });
  const { targets, levers } = state.problem;
  const figures =
    step.role === 'candidate'
      ? figuresOf(await simulator.measureTargets(simulationSpec(spec, lever_set), targets), levers)
      : null;
  return recordMany(state, step.role, measuredOf(measurement, figures), solve);
}

function targetsOf({ run_id, targets }: RunSpec): NonNullable<RunSpec['targets']> {
  if (targets === undefined) throw failure('UNEXPECTED', { detail: `run ${run_id} has no targets` });
  return targets;
}

const measuredOf = (measurement: Measurement, figures: Figures | null): Measured => ({
  growth: measurement.growth,
  figures,
  meta: {
    simulation_id: measurement.simulation_id,
    growth_by_year: measurement.growth_by_year,
    seconds: measurement.seconds,
  },
});

/** The measured effects in the order of the tuner's rows. */
function figuresOf(measured: TargetMeasurement, levers: readonly TunableLever[]): Figures {
  const places = new Map(measured.levers.map((lever, index) => [leverName(lever), index]));
  const inOrder = (effects: readonly number[]): number[] =>
    levers.map((lever) => effects[places.get(leverName(lever)) ?? -1] ?? 0);
  return {
    values: measured.targets.map(({ value }) => value),
    effects: measured.targets.map(({ effects }) => inOrder(effects)),
    raises: measured.targets.map(({ raises }) => raises ?? null),
    payroll: inOrder(measured.payroll.effects),
  };
}
