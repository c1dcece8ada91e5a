/** What a set of levers comes to: simulated with the run's seed, or with several of which the mean counts. */
import type { RunSpec, SeedSimulation, SimulatedTrial, TunedSeed } from './run-spec.js';
import { brief, lengthy } from '../temporal/proxies.workflow.js';
import type { RunControl } from './run-control.workflow.js';
import { simulateSeeds, type SeedsState } from './run-seeds.workflow.js';

export interface Measured extends SimulatedTrial {
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
  readonly gap?: number;
  /** With several seeds, over which the growth is the mean; the simulation is that of the first. */
  readonly by_seed?: readonly TunedSeed[];
  /** Wall time of the step, milliseconds since it began; without that in which it was held. */
  readonly wall: number;
}

export interface Wanted {
  /** Names the step to readers, and within its run. */
  readonly label: string;
  /** With several seeds `tables` are of the first alone. */
  readonly keep: 'summary' | 'tables';
  /** A request to stop ends it before the last seed. */
  readonly isOptional?: boolean;
}

export class RunMeasurements {
  readonly #control: RunControl;
  readonly #state: { batch?: SeedsState | undefined };

  /** @param state holds the seeds that are finished of the step at work */
  constructor(control: RunControl, state: { batch?: SeedsState | undefined }) {
    this.#control = control;
    this.#state = state;
  }

  /** Undefined where the run is held or stopped before the last of several seeds; a later call goes on. */
  async measure(
    spec: RunSpec,
    wanted: Wanted,
    leverSetOf: () => Promise<string>,
  ): Promise<Measured | undefined> {
    const begin = Date.now();
    if (spec.seeds === undefined) return this.simulate(spec, wanted, await leverSetOf(), begin);
    const found = await this.overSeeds(spec, spec.seeds.tuning, wanted, leverSetOf);
    if (found === undefined) return undefined;
    const { trials, seeds, wall } = found;
    const first = trials[0]!;
    const growth = await brief.loadSimulationResults.executeWithOptions(
      { summary: `${wanted.label}: measure growth over ${seeds.length} seeds` },
      [{ spec, simulation_id: first.simulation_id, seeds }],
    );
    const engine = trials.some((trial) => trial.engine === 'dbt') ? 'dbt' : 'plan';
    return { ...first, engine, ...growth, wall };
  }

  /** With the run's own seed. */
  async simulate(
    spec: RunSpec,
    { label, keep }: Wanted,
    leverSet: string,
    begin = Date.now(),
  ): Promise<Measured> {
    const { first, last } = spec.years;
    const trial = await lengthy.runMultiYearSimulation.executeWithOptions(
      { summary: `${label}: simulate ${first}–${last}` },
      [{ spec, lever_set: leverSet, keep }],
    );
    this.#control.count(trial.reused);
    trial.notes.forEach((note) => this.#control.note(note));
    const growth = await brief.loadSimulationResults.executeWithOptions(
      { summary: `${label}: measure growth` },
      [{ spec, simulation_id: trial.simulation_id }],
    );
    return { ...trial, ...growth, wall: Date.now() - begin };
  }

  /** Forgets the seeds of a step that is not gone on with. */
  drop(): void {
    if (this.#state.batch === undefined) return;
    this.#state.batch = undefined;
    this.#control.showSeeds(null);
  }

  /** In the order of the seeds. Goes on where an earlier call for the same step was held. */
  async overSeeds(
    spec: RunSpec,
    seeds: readonly number[],
    wanted: Wanted,
    leverSetOf: () => Promise<string>,
  ): Promise<{ trials: SimulatedTrial[]; seeds: SeedSimulation[]; wall: number } | undefined> {
    const begin = Date.now();
    const { label } = wanted;
    if (this.#state.batch?.label !== label)
      this.#state.batch = { label, leverSet: await leverSetOf(), done: {}, wall: 0 };
    const { batch } = this.#state;
    const trials = await simulateSeeds(this.#control, batch, { spec, seeds, ...wanted });
    batch.wall += Date.now() - begin;
    if (trials === undefined) return undefined;
    this.#state.batch = undefined;
    const named = seeds.map((seed, index) => ({ seed, simulation_id: trials[index]!.simulation_id }));
    return { trials, seeds: named, wall: batch.wall };
  }
}
