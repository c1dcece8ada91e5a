/** The simulations of one run: baseline, bounds, candidates, and the kept trial once more with its tables. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Proposal, RunSpec, SimulatedTrial } from '../activities/run-spec.js';
import type { RunStatus } from '../contract/optimization.js';
import { failure } from '../errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import { brief, lengthy } from './proxies.js';
import type { RunControl } from './run-control.js';

type Stage = 'validation' | 'baseline' | 'bounds' | 'iterations' | 'saving';
interface Measured extends SimulatedTrial {
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
  /** Wall time of the step, milliseconds since it began. */
  readonly wall: number;
}

export class RunTrials {
  /** Fingerprint of the lever set of the trial kept; the run's own input set until one is better. */
  leverSet = '';
  engine: SimulatedTrial['engine'] = 'plan';
  readonly stages: Partial<Record<Stage, number>> = {};
  readonly #control: RunControl;
  #proposal: Proposal | undefined;

  constructor(control: RunControl) {
    this.#control = control;
  }

  get hasBaseline(): boolean {
    return this.#proposal !== undefined;
  }

  get proposal(): Proposal {
    if (this.#proposal === undefined)
      throw ApplicationFailure.nonRetryable('nothing has been simulated yet', 'UNEXPECTED');
    return this.#proposal;
  }

  /** A run that was stopped early counts as not converged unless its best trial meets the target. */
  get status(): RunStatus {
    const { next } = this.proposal;
    return next.kind === 'done' ? next.status : 'not_converged';
  }

  /** Simulates until the tuner is done or someone stops the run. */
  async measure(): Promise<void> {
    const control = this.#control;
    const spec = this.#spec;
    control.enter('baseline', 'running');
    const baseline = await this.#timed('baseline', () =>
      this.#simulate(spec.lever_set, 'tables', 'baseline'),
    );
    this.leverSet = spec.lever_set;
    this.#record('baseline', baseline);
    this.#proposal = await this.#propose('baseline: propose levers', baseline);
    this.#proposal.notes?.forEach((note) => control.note(note));
    while (this.proposal.next.kind === 'simulate') {
      const { role } = this.proposal.next;
      if (role === 'candidate' && control.stopRequested) {
        this.#proposal = await this.#propose('stop and keep the best trial', undefined);
        return;
      }
      await control.untilResumed();
      if (role === 'candidate') {
        if (control.stopRequested) continue;
        control.enterIteration(this.proposal.iterations + 1);
      } else control.enter('bounds', 'running');
      const label = role === 'candidate' ? `iteration ${this.proposal.iterations + 1}` : `${role} bound`;
      await this.#timed(role === 'candidate' ? 'iterations' : 'bounds', () => this.#trial(label));
    }
  }

  /** Writes the kept trial's tables and makes sure that its levers give its growth again. */
  async keep(): Promise<void> {
    const { best } = this.proposal;
    this.#control.enter('saving', 'running');
    await this.#timed('saving', async () => {
      this.leverSet = await this.keptLevers();
      const kept = await this.#simulate(this.leverSet, 'tables', 'kept trial');
      this.engine = kept.engine;
      if (kept.growth !== best.growth)
        throw toApplicationFailure(
          failure('RESULT_NOT_REPRODUCED', {
            simulation: kept.simulation_id,
            expected: best.growth,
            found: kept.growth,
          }),
        );
    });
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

  /** Sum of the stages: waiting for people, paused or before an approval, is no work. */
  workSeconds(): number {
    return Object.values(this.stages).reduce((sum, seconds) => sum + seconds, 0);
  }

  get #spec(): RunSpec {
    if (this.#control.spec === undefined)
      throw ApplicationFailure.nonRetryable('the request was not checked', 'UNEXPECTED');
    return this.#control.spec;
  }

  async #trial(label: string): Promise<void> {
    const begin = Date.now();
    const { lever_set } = await brief.updateParameters.executeWithOptions(
      { summary: `${label}: store its levers` },
      [{ spec: this.#spec, state: this.proposal.state, of: 'next' }],
    );
    const measured = await this.#simulate(lever_set, 'summary', label, begin);
    this.#record(label, measured);
    this.#proposal = await this.#propose(`${label}: propose levers`, measured);
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
        state: this.#proposal?.state ?? null,
        max_iterations: this.#control.maxIterations,
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

  #record(label: string, { growth, simulation_id, wall, engine, reused }: Measured): void {
    this.engine = engine;
    const line = { label, growth, gap: this.#spec.target - growth, simulation_id, seconds: wall / 1000 };
    this.#control.add(line, engine, reused);
  }

  async #timed<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const begin = Date.now();
    try {
      return await work();
    } finally {
      this.stages[stage] = (this.stages[stage] ?? 0) + (Date.now() - begin) / 1000;
    }
  }
}
