/** One set of levers simulated with several random seeds, side by side on all workers. */
import { CancellationScope } from '@temporalio/workflow';
import type { RunSpec, SimulatedTrial } from './run-spec.js';
import { withoutYears } from '../simulation/resumed-note.terms.js';
import { lengthy } from '../temporal/proxies.workflow.js';
import type { RunControl } from './run-control.workflow.js';

/** So many simulations of a run wait for a worker or are at work: more keep other runs waiting, fewer leave workers idle. */
const AT_ONCE = 16;

/** Plain JSON: a run that goes on in a new execution takes it along. */
export interface SeedsState {
  /** The step that they belong to. */
  readonly label: string;
  readonly leverSet: string;
  /** Those that are finished, by seed. */
  readonly done: Record<string, SimulatedTrial>;
  /** Wall time before the run was held, milliseconds. */
  wall: number;
}

export interface SeedsJob {
  readonly spec: RunSpec;
  readonly seeds: readonly number[];
  /** `tables`: the first seed's simulation keeps them. */
  readonly keep: 'summary' | 'tables';
  /** A request to stop ends it before the last seed. */
  readonly isOptional?: boolean;
}

/**
 * In the order of the seeds; undefined where the run is held or stopped before the last one. What is finished then
 * stands in `state`, from which a later call goes on. Where one fails, those at work are cancelled.
 */
export async function simulateSeeds(
  control: RunControl,
  { label, leverSet, done }: SeedsState,
  { spec, seeds, keep, isOptional }: SeedsJob,
): Promise<SimulatedTrial[] | undefined> {
  const { census, scenario, years, engine } = spec;
  const waiting = [...seeds.keys()].filter((index) => !(String(seeds[index]) in done));
  const show = (): void => control.showSeeds({ done: Object.keys(done).length, total: seeds.length });
  const mayGoOn = (): boolean => !control.isHeld && !(isOptional === true && control.state.stopRequested);
  const simulate = async (index: number): Promise<void> => {
    const seed = seeds[index]!;
    const summary = `${label}, seed ${index + 1} of ${seeds.length} (${seed}): simulate ${years.first}–${years.last}`;
    const trial = await lengthy.runMultiYearSimulation.executeWithOptions({ summary }, [
      {
        spec: { census, scenario, years, engine, seed },
        lever_set: leverSet,
        keep: index === 0 ? keep : 'summary',
      },
    ]);
    done[String(seed)] = trial;
    control.count(trial.reused);
    trial.notes.forEach((note) => control.note(withoutYears(note)));
    show();
  };
  show();
  await together(AT_ONCE, async () => {
    while (mayGoOn()) {
      const index = waiting.shift();
      if (index === undefined) return;
      await simulate(index);
    }
  });
  const trials = seeds.flatMap((seed) => done[String(seed)] ?? []);
  if (trials.length < seeds.length) return undefined;
  control.showSeeds(null);
  return trials;
}

/** Does the same work in several lanes. The first failure cancels what the others have at work, and is thrown when all have ended. */
function together(lanes: number, work: () => Promise<void>): Promise<void> {
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const failures: unknown[] = [];
    const guarded = async (): Promise<void> => {
      try {
        if (failures.length === 0) await work();
      } catch (error) {
        failures.push(error);
        scope.cancel();
      }
    };
    await Promise.all(Array.from({ length: lanes }, guarded));
    if (failures.length > 0) throw failures[0];
  });
}
