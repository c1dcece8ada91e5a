/** The simulations of one run: baseline, bounds, candidates, and the kept trial once more with its tables. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Proposal, RunSpec, SeedSimulation, SimulatedTrial } from './run-spec.js';
import type { RunStatus } from './optimization.contract.js';
import { failure } from '../shared/errors/errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import { brief, lengthy } from '../temporal/proxies.workflow.js';
import type { RunControl } from './run-control.workflow.js';
import { RunMeasurements, type Measured, type Wanted } from './run-measurements.workflow.js';
import type { SeedsState } from './run-seeds.workflow.js';

type Stage = 'validation' | 'baseline' | 'bounds' | 'iterations' | 'saving' | 'evaluation' | 'publishing';

/** Plain JSON: a run that goes on in a new execution takes it along. */
export interface TrialsState {
  /** Fingerprint of the lever set of the trial kept; the run's own input set until one is better. */
  leverSet: string;
  engine: SimulatedTrial['engine'];
  /** Wall time, seconds. */
  stages: Partial<Record<Stage, number>>;
  proposal: Proposal | undefined;
  /** The kept trial's tables stand. */
  hasTables?: boolean;
  /** With several seeds: the simulations of the step at work. */
  batch?: SeedsState | undefined;
  /** The kept levers on the seeds that tuned nothing. */
  evaluation?: readonly SeedSimulation[];
  isKept: boolean;
}

export class RunTrials {
  readonly state: TrialsState;
  readonly #control: RunControl;
  readonly #measurements: RunMeasurements;

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
    this.#measurements = new RunMeasurements(control, this.state);
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
    else if (next.kind === 'done') control.enter(this.state.hasTables ? 'evaluating' : 'saving', 'running');
    if (!(await control.untilResumed())) return;
    if (next === undefined) return this.#baseline();
    if (next.kind === 'done') return this.#keep();
    if (next.role === 'low' || next.role === 'high') {
      control.enter('bounds', 'running');
      return this.timed('bounds', () => this.#trial({ label: `${next.role} bound`, keep: 'summary' }));
    }
    if (control.state.stopRequested) {
      this.#measurements.drop();
      this.state.proposal = await this.#propose('stop and keep the best trial', undefined);
      return;
    }
    if (next.role === 'corner') {
      control.enter('bounds', 'running');
      const wanted = { label: 'inside the bounds', keep: 'summary', isOptional: true } as const;
      return this.timed('bounds', () => this.#trial(wanted));
    }
    const iteration = this.proposal.iterations + 1;
    control.enterIteration(iteration);
    const wanted = { label: `iteration ${iteration}`, keep: 'summary', isOptional: true } as const;
    await this.timed('iterations', () => this.#trial(wanted));
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
      const wanted = { label: 'baseline', keep: 'tables' } as const;
      const baseline = await this.#measurements.measure(this.#spec, wanted, async () => lever_set);
      if (baseline === undefined) return;
      this.state.leverSet = lever_set;
      this.#record('baseline', baseline);
      this.state.proposal = await this.#propose('baseline: propose levers', baseline);
      this.proposal.notes?.forEach((note) => this.#control.note(note));
    });
  }

  /** Writes the kept trial's tables and makes sure that its levers give its growth again; the baseline's stand already. */
  async #keep(): Promise<void> {
    await this.#writeTables();
    this.state.hasTables = true;
    if (await this.#evaluate()) this.state.isKept = true;
  }

  async #writeTables(): Promise<void> {
    const { best } = this.proposal;
    if (!best.is_baseline && !this.state.hasTables)
      await this.timed('saving', async () => {
        this.state.leverSet = await this.keptLevers();
        const wanted = { label: 'kept trial', keep: 'tables' } as const;
        const kept = await this.#measurements.simulate(this.#spec, wanted, this.state.leverSet);
        this.state.engine = kept.engine;
        const expected = best.growth_at_seed ?? best.growth;
        if (kept.growth === expected) return;
        const { simulation_id: simulation, growth: found } = kept;
        throw toApplicationFailure(failure('RESULT_NOT_REPRODUCED', { simulation, expected, found }));
      });
  }

  /** Simulates the kept levers with seeds that tuned nothing, unless somebody is done waiting. False while the run is held. */
  async #evaluate(): Promise<boolean> {
    const spec = this.#spec;
    const seeds = spec.seeds?.evaluation;
    if (seeds === undefined) return true;
    if (this.#control.state.stopRequested) {
      this.#measurements.drop();
      return true;
    }
    if (this.#control.state.phase !== 'evaluating') this.#control.enter('evaluating', 'running');
    const wanted = { label: 'evaluation', keep: 'summary', isOptional: true } as const;
    return this.timed('evaluation', async () => {
      const judged = await this.#measurements.overSeeds(spec, seeds, wanted, async () => this.state.leverSet);
      if (judged !== undefined) this.state.evaluation = judged.seeds;
      return judged !== undefined;
    });
  }

  async #trial(wanted: Wanted): Promise<void> {
    const { label } = wanted;
    const measured = await this.#measurements.measure(this.#spec, wanted, async () => {
      const { lever_set } = await brief.updateParameters.executeWithOptions(
        { summary: `${label}: store its levers` },
        [{ spec: this.#spec, state: this.proposal.state, of: 'next' }],
      );
      return lever_set;
    });
    if (measured === undefined) return;
    this.#record(label, measured);
    this.state.proposal = await this.#propose(`${label}: propose levers`, measured);
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
                ...(measured.by_seed && { by_seed: measured.by_seed }),
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
