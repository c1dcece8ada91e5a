/** The simulations of one run: baseline, bounds, candidates, and the kept trial once more with its tables. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Proposal, RunSpec, SimulatedTrial } from '../activities/run-spec.js';
import type { RunStatus } from '../contract/optimization.js';
import { failure } from '../errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import { brief, lengthy } from './proxies.js';
import type { RunControl } from './run-control.js';

type Stage = 'validation' | 'baseline' | 'bounds' | 'iterations' | 'saving' | 'publishing';
interface Measured extends SimulatedTrial {
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
  readonly gap?: number;
  /** Wall time of the step, milliseconds since it began. */
  readonly wall: number;
}

/** Plain JSON: a run that goes on in a new execution takes it along. */
export interface TrialsState {
  /** Fingerprint of the lever set of the trial kept; the run's own input set until one is better. */
  leverSet: string;
  engine: SimulatedTrial['engine'];
  /** Wall time, seconds. */
  stages: Partial<Record<Stage, number>>;
  proposal: Proposal | undefined;
  isKept: boolean;
}

export class RunTrials {
  readonly state: TrialsState;
  readonly #control: RunControl;

  /** @param carried of the execution before this one */
  constructor(control: RunControl, carried?: TrialsState) {
    this.#control = control;
    this.state = carried ?? {
      leverSet: '',
      engine: 'plan',
      stages: {},
      proposal: undefined,
      isKept: false,
    };
  }

  get hasBaseline(): boolean {
    return this.state.proposal !== undefined;
  }

  /** Nothing is left to simulate. */
  get isKept(): boolean {
    return this.state.isKept;
  }

  get proposal(): Proposal {
    if (this.state.proposal === undefined)
      throw ApplicationFailure.nonRetryable('nothing has been simulated yet', 'UNEXPECTED');
    return this.state.proposal;
  }

  /** A run that was stopped early counts as not converged unless its best trial meets the target. */
  get status(): RunStatus {
    const { next } = this.proposal;
    return next.kind === 'done' ? next.status : 'not_converged';
  }

  /** One simulation and what the tuner makes of it; nothing where the run is held and its history too long to wait on. */
  async step(): Promise<void> {
    const control = this.#control;
    const next = this.state.proposal?.next;
    if (next === undefined) control.enter('baseline', 'running');
    else if (next.kind === 'done') control.enter('saving', 'running');
    if (!(await control.untilResumed())) return;
    if (next === undefined) return this.#baseline();
    if (next.kind === 'done') return this.#keep();
    if (next.role !== 'candidate') {
      control.enter('bounds', 'running');
      return this.timed('bounds', () => this.#trial(`${next.role} bound`));
    }
    if (control.state.stopRequested) {
      this.state.proposal = await this.#propose('stop and keep the best trial', undefined);
      return;
    }
    const iteration = this.proposal.iterations + 1;
    control.enterIteration(iteration);
    await this.timed('iterations', () => this.#trial(`iteration ${iteration}`));
  }

  /** The lever set of the best trial so far, stored if it was not. */
  async keptLevers(): Promise<string> {
    if (this.proposal.best.is_baseline) return this.#spec.lever_set;
    const { lever_set } = await brief.updateParameters.executeWithOptions(
      { summary: 'kept trial: store its levers' },
      [{ spec: this.#spec, state: this.proposal.state, of: 'kept' }],
    );
    return lever_set;
  }

  /** Wall time of the work: every stage in full. Waiting for people, paused or before an approval, is no work. */
  workSeconds(): number {
    return Object.values(this.state.stages).reduce((sum, seconds) => sum + seconds, 0);
  }

  async timed<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const begin = Date.now();
    try {
      return await work();
    } finally {
      const { stages } = this.state;
      stages[stage] = (stages[stage] ?? 0) + (Date.now() - begin) / 1000;
    }
  }

  get #spec(): RunSpec {
    if (this.#control.spec === undefined)
      throw ApplicationFailure.nonRetryable('the request was not checked', 'UNEXPECTED');
    return this.#control.spec;
  }

  #baseline(): Promise<void> {
    const { lever_set } = this.#spec;
    return this.timed('baseline', async () => {
      const baseline = await this.#simulate(lever_set, 'tables', 'baseline');
      this.state.leverSet = lever_set;
      this.#record('baseline', baseline);
      this.state.proposal = await this.#propose('baseline: propose levers', baseline);
      this.proposal.notes?.forEach((note) => this.#control.note(note));
    });
  }

  /** Writes the kept trial's tables and makes sure that its levers give its growth again; the baseline's stand already. */
  async #keep(): Promise<void> {
    const { best } = this.proposal;
    if (!best.is_baseline)
      await this.timed('saving', async () => {
        this.state.leverSet = await this.keptLevers();
        const kept = await this.#simulate(this.state.leverSet, 'tables', 'kept trial');
        this.state.engine = kept.engine;
        if (kept.growth === best.growth) return;
        const { simulation_id: simulation, growth: found } = kept;
        throw toApplicationFailure(
          failure('RESULT_NOT_REPRODUCED', { simulation, expected: best.growth, found }),
        );
      });
    this.state.isKept = true;
  }

  async #trial(label: string): Promise<void> {
    const begin = Date.now();
    const { lever_set } = await brief.updateParameters.executeWithOptions(
      { summary: `${label}: store its levers` },
      [{ spec: this.#spec, state: this.proposal.state, of: 'next' }],
    );
    const measured = await this.#simulate(lever_set, 'summary', label, begin);
    this.#record(label, measured);
    this.state.proposal = await this.#propose(`${label}: propose levers`, measured);
  }

  async #simulate(
    leverSet: string,
    keep: 'summary' | 'tables',
    label: string,
    begin = Date.now(),
  ): Promise<Measured> {
    const spec = this.#spec;
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

  /** Without a measurement the tuner closes the run with what it has. */
  #propose(summary: string, measured: Measured | undefined): Promise<Proposal> {
    return lengthy.proposeLevers.executeWithOptions({ summary }, [
      {
        spec: this.#spec,
        state: this.state.proposal?.state ?? null,
        max_iterations: this.#control.state.maxIterations,
        measurement:
          measured === undefined
            ? null
            : {
                growth: measured.growth,
                growth_by_year: measured.growth_by_year,
                simulation_id: measured.simulation_id,
                seconds: measured.wall / 1000,
              },
      },
    ]);
  }

  #record(label: string, { growth, gap, simulation_id, wall, engine }: Measured): void {
    this.state.engine = engine;
    const line = {
      label,
      growth,
      gap: gap ?? this.#spec.target - growth,
      simulation_id,
      seconds: wall / 1000,
    };
    this.#control.add(line, engine);
  }
}
