/** Activity `proposeLevers`: gives the tuner a measurement and asks what to simulate next. */
import { loadSolver } from '../targets/highs.js';
import { isMany } from '../tuning/several-targets/state.js';
import { isHeld } from '../tuning/problem.js';
import { recordGrowth } from '../tuning/one-target/record.js';
import { startTuning, type TuningState } from '../tuning/one-target/state.js';
import { nextStep } from '../tuning/one-target/step.js';
import { allowIterations, stepOf, stopTuner, summaryOf, type TunerState } from '../tuning/tuner.js';
import { boxOf, tunableLevers } from '../tuning/tunable-levers.js';
import { failure } from '../shared/errors/errors.js';
import type { LeverSensitivity } from '../simulation/simulator.js';
import { whileBeating } from '../temporal/heartbeat.js';
import { withLimits } from '../targets/lever-limits.js';
import type { ActivityDependencies } from '../ports.js';
import { simulationSpec, type Measurement, type Proposal, type RunSpec } from './run-spec.js';
import { recordTargets, startTargets } from '../targets/tune-targets.js';
import { updateParameters } from '../levers/update-parameters.activities.js';

export interface ProposeInput {
  readonly spec: RunSpec;
  /** Null for the baseline: the tuner starts from its measurement. */
  readonly state: string | null;
  readonly max_iterations: number;
  /** Null stops the run: what was measured so far decides. */
  readonly measurement: Measurement | null;
}

export const proposeLevers =
  (dependencies: ActivityDependencies) =>
  (input: ProposeInput): Promise<Proposal> =>
    whileBeating(async () => {
      const { spec } = input;
      const notes: string[] = [];
      const state = allowIterations(await advance(dependencies, input, notes), input.max_iterations);
      const reference = await dependencies.runs.saveState(spec.run_id, state);
      const step = stepOf(state);
      const { best, iterations } = summaryOf(state);
      return {
        state: reference,
        next:
          step.kind === 'simulate'
            ? { kind: 'simulate', role: step.role }
            : { kind: 'done', status: step.verdict === 'cancelled' ? 'not_converged' : step.verdict },
        iterations: iterations.length,
        best: {
          simulation_id: best.simulation_id,
          growth: best.growth,
          is_baseline: best.role === 'baseline',
          ...(best.by_seed?.[0] && { growth_at_seed: best.by_seed[0].growth }),
        },
        notes,
      };
    });

async function advance(
  dependencies: ActivityDependencies,
  { spec, state: reference, measurement }: ProposeInput,
  notes: string[],
): Promise<TunerState> {
  if (reference === null) {
    if (measurement === null) throw failure('UNEXPECTED', { detail: 'the tuner starts from a baseline' });
    return spec.targets === undefined
      ? start(dependencies, spec, measurement, notes)
      : startTargets(dependencies, { spec, measurement, lever_set: spec.lever_set });
  }
  const state = await dependencies.runs.loadState(spec.run_id, reference);
  if (measurement === null) return stopTuner(state);
  if (isMany(state)) {
    const { lever_set } = await updateParameters(dependencies)({ spec, state: reference, of: 'next' });
    return recordTargets(dependencies, state, { spec, measurement, lever_set }, await loadSolver());
  }
  const step = nextStep(state);
  if (step.kind === 'done')
    throw failure('UNEXPECTED', { detail: 'a measurement came after the tuner was done' });
  return recordGrowth(state, step, measurement.growth, metaOf(measurement));
}

async function start(
  dependencies: ActivityDependencies,
  spec: RunSpec,
  measurement: Measurement,
  notes: string[],
): Promise<TuningState> {
  const rows = await dependencies.simulator.resolveLevers(simulationSpec(spec, spec.lever_set));
  const sensitivities = await measuredSensitivities(dependencies, spec, notes);
  const { target, tolerance, max_iterations, strategy, target_mode } = spec;
  const levers = withLimits(tunableLevers(rows, sensitivities, spec), spec.limits ?? []);
  const locked = levers.filter(isHeld).length;
  if (levers.length === locked) throw failure('NOTHING_TO_TUNE', { tune: spec.tune.join(', '), locked });
  return startTuning(
    {
      target,
      tolerance,
      max_iterations,
      strategy,
      target_mode,
      ...boxOf(spec, sensitivities),
      levers,
    },
    measurement.growth,
    metaOf(measurement),
  );
}

/** Without them the tuner weighs levers by their room: it needs an iteration more, but no second engine. */
async function measuredSensitivities(
  { simulator, logger }: ActivityDependencies,
  spec: RunSpec,
  notes: string[],
): Promise<LeverSensitivity[]> {
  try {
    return await simulator.sensitivities(simulationSpec(spec, spec.lever_set));
  } catch (err) {
    const note =
      'The effect of each lever could not be measured: the levers are weighed by their room instead.';
    logger.warn({ err }, note);
    notes.push(note);
    return [];
  }
}

const metaOf = ({ simulation_id, growth_by_year, seconds, by_seed }: Measurement) => ({
  simulation_id,
  growth_by_year,
  seconds,
  ...(by_seed && { by_seed }),
});
