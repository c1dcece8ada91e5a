/** The simulator: finds a stored simulation or runs one, on the plan engine or, when that fails, on dbt itself. */
import path from 'node:path';
import type { Config } from '../config.js';
import type { LeverRow } from '../levers/lever.contract.js';
import { resumedNote } from './resumed-note.terms.js';
import type { SimulationSummary } from './simulation.contract.js';
import { MeritloopError } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { commandsByHand } from './by-hand.js';
import { byCompanyVersion } from './company-versions.js';
import { allDone } from './engine/all-done.js';
import { checkAgain } from './store/check-again.js';
import { createCheckpoints } from './store/checkpoints.js';
import { CurrentPlan } from './model/compile-plan.js';
import type { Database } from './engine/database.js';
import { withDbtBuild } from './engine/dbt-engine.js';
import {
  bothEnginesFailed,
  canStandIn,
  explainEngineFailure,
  withoutSecondEngine,
} from './engine/engine-failure.js';
import { found } from './store/found.js';
import type { Plan } from './model/plan.js';
import { resolvedLevers } from './engine/state.js';
import { readModelVersions } from './engine/read-fingerprints.js';
import { readSensitivities } from './results/sensitivity.js';
import { SimulationStore } from './store/simulation-store.js';
import type { SimulateOptions, SimulationOutcome, SimulationSpec, Simulator } from './simulator.js';
import type { SimulatorTuning } from './engine/simulator-tuning.js';
import { finishSimulation } from './store/store-simulation.js';
import { notesOf, simulationIdOf, trialInputs, type TrialInputs } from './store/trial-inputs.js';
import { Workspaces, type Workspace } from './engine/workspace.js';

const BAD_INPUT = 2;
const NO_YEARS = { year: 0, years_done: 0, years_total: 0, years_reused: 0 };

class LocalSimulator implements Simulator {
  readonly #config: Config;
  readonly #logger: Logger;
  readonly #store: SimulationStore;
  readonly #workspaces: Workspaces;
  readonly #checkpointAfterMs: number;
  readonly #dbtSilenceSeconds: number | undefined;
  readonly #plan: CurrentPlan;

  constructor(config: Config, logger: Logger, tuning: SimulatorTuning) {
    this.#config = config;
    this.#logger = logger;
    this.#plan = new CurrentPlan(config);
    this.#store = new SimulationStore(config.home);
    this.#workspaces = new Workspaces(config, tuning.warmDatabases ?? 2, tuning);
    this.#checkpointAfterMs = tuning.checkpointAfterMs ?? 200;
    this.#dbtSilenceSeconds = tuning.dbtSilenceSeconds;
  }

  async simulate(spec: SimulationSpec, options: SimulateOptions): Promise<SimulationOutcome> {
    const startedAt = performance.now();
    const inputs = await trialInputs(this.#config, spec);
    const plan = await this.#compiled(options);
    if (spec.engine === 'dbt') return this.#onDbt(plan, inputs, options, startedAt);
    try {
      return await this.#onPlanEngine(plan, inputs, options, startedAt);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (spec.engine === 'plan' || !(error instanceof MeritloopError)) throw error;
      return this.#standIn(error, plan, inputs, options, startedAt);
    }
  }

  load = (simulationId: string): Promise<SimulationSummary> => this.#store.load(simulationId);

  resolveLevers(spec: SimulationSpec): Promise<LeverRow[]> {
    return this.#inOwn(spec, ({ engine }, inputs) => this.#resolve(engine, inputs));
  }

  sensitivities = (spec: SimulationSpec) => this.#onYears(spec, readSensitivities);

  checkAgain(spec: SimulationSpec) {
    return this.#onYears(spec, (_, levers, at) => checkAgain(this.#store, levers, at));
  }

  measureTargets(spec: SimulationSpec, targets: Parameters<Simulator['measureTargets']>[1]) {
    return this.#onYears(spec, async (database, levers) =>
      (await import('./results/read-target-figures.js')).readTargetFigures(database, levers, targets),
    );
  }

  modelVersions(spec: SimulationSpec) {
    return this.#inOwn(spec, ({ engine }, inputs, plan) =>
      engine.resolve(inputs).then(() => readModelVersions(plan, engine.database, inputs)),
    );
  }

  async #inOwn<Result>(
    spec: SimulationSpec,
    work: (workspace: Workspace, inputs: TrialInputs, plan: Plan) => Promise<Result>,
  ): Promise<Result> {
    const inputs = await trialInputs(this.#config, spec);
    const plan = await this.#compiled();
    return this.#inWorkspace(plan, inputs, (workspace) => work(workspace, inputs, plan));
  }

  /** Reads what no summary holds; years that a database still has are not simulated again. */
  #onYears<Result>(
    spec: SimulationSpec,
    read: (database: Database, levers: LeverRow[], at: Parameters<typeof checkAgain>[2]) => Promise<Result>,
  ): Promise<Result> {
    return this.#inOwn(spec, async (workspace, inputs, plan) => {
      const levers = await this.#resolve(workspace.engine, inputs);
      await this.#runYears(workspace, inputs, {});
      await workspace.engine.createHorizonViews({ files: false });
      return read(workspace.engine.database, levers, { engine: workspace.engine, plan, inputs });
    });
  }

  close(): Promise<void> {
    return this.#workspaces.close();
  }

  #compiled(options?: SimulateOptions): Promise<Plan> {
    return this.#plan.get(() => {
      this.#logger.info('The dbt project changed: compiling it (about 6 s).');
      options?.onProgress?.({ ...NO_YEARS, model: 'compiling the dbt project' });
    });
  }

  /** Whatever fails inside but a bad input may leave tables half made: the workspace is then not used again. */
  #inWorkspace<Result>(
    plan: Plan,
    inputs: TrialInputs,
    work: (workspace: Workspace) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const guarded = async (workspace: Workspace) => {
      try {
        return await work(workspace);
      } catch (error) {
        workspace.broken = !(error instanceof MeritloopError) || error.exitCode !== BAD_INPUT;
        throw error;
      }
    };
    const { censusFile, employees, run } = inputs;
    return this.#workspaces.use({ plan, censusFile, employees, seed: run.seed }, guarded, signal);
  }

  async #resolve(engine: Workspace['engine'], inputs: TrialInputs): Promise<LeverRow[]> {
    await engine.resolve(inputs);
    // Neither may still read the database when a failure of the other ends the work on it.
    const fingerprints = engine.fingerprints(inputs);
    const levers = resolvedLevers(engine.database, inputs.run.scenario);
    await allDone<unknown>([levers, fingerprints]);
    return levers;
  }

  #runYears(
    workspace: Workspace,
    inputs: TrialInputs,
    { signal, onProgress }: Partial<SimulateOptions>,
    onDamaged?: (note: string) => void,
  ) {
    workspace.seed = inputs.run.seed;
    return workspace.engine.database.abortable(signal, () =>
      workspace.engine.runYears({
        ...inputs,
        checkpoints: createCheckpoints(path.join(this.#config.home, 'checkpoints')),
        checkpointAfterMs: this.#checkpointAfterMs,
        signal,
        onProgress,
        onDamaged: onDamaged ?? ((note) => this.#logger.warn(note)),
      }),
    );
  }

  async #onPlanEngine(
    plan: Plan,
    inputs: TrialInputs,
    options: SimulateOptions,
    startedAt: number,
  ): Promise<SimulationOutcome> {
    let step = 'opening its database';
    const { notes, tell } = notesOf(inputs, this.#logger);
    const onProgress: SimulateOptions['onProgress'] = (progress) => {
      step = `${progress.model}, year ${progress.year}`;
      options.onProgress?.(progress);
    };
    try {
      return await this.#inWorkspace(
        plan,
        inputs,
        async (workspace) => {
          const { engine } = workspace;
          step = 'resolving the levers';
          const levers = await this.#resolve(engine, inputs);
          const id = simulationIdOf(plan, inputs, levers, 'plan');
          const stored = await this.#store.findWhole(id, options.keep, tell);
          if (stored) return found(stored, startedAt, notes);
          step = 'finding finished years';
          const { reusedYears, loadedYears, steps } = await this.#runYears(
            workspace,
            inputs,
            { ...options, onProgress },
            tell,
          );
          step = 'reading the results';
          await engine.createHorizonViews({ files: false });
          const made = await finishSimulation(this.#store, {
            database: engine.database,
            plan,
            inputs,
            options,
            id,
            engine: 'plan',
            levers,
            startedAt,
            reusedYears,
            steps,
            marts: engine,
          });
          if (loadedYears.length > 0) notes.push(resumedNote(loadedYears));
          return { ...made, notes };
        },
        options.signal,
      );
    } catch (error) {
      options.signal?.throwIfAborted();
      throw explainEngineFailure('plan', step, error);
    }
  }

  /** dbt takes over where the plan engine itself failed; where dbt would meet the same fault, it is not tried. */
  async #standIn(
    first: MeritloopError,
    plan: Plan,
    inputs: TrialInputs,
    options: SimulateOptions,
    startedAt: number,
  ): Promise<SimulationOutcome> {
    if (!canStandIn(first)) {
      const final = withoutSecondEngine(first);
      if (final !== first) this.#logger.warn({ code: first.code }, `${first.message}; dbt was not tried`);
      throw final;
    }
    const note = `The plan engine failed, so dbt itself ran the simulation: ${first.message}. ${first.hint}`;
    this.#logger.warn({ code: first.code, error: first }, note);
    try {
      const outcome = await this.#onDbt(plan, inputs, options, startedAt);
      return { ...outcome, notes: [note, ...outcome.notes] };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof MeritloopError)) throw error;
      const both = bothEnginesFailed(first, error, commandsByHand(this.#config, inputs));
      this.#logger.error({ code: both.code, plan: first.code, dbt: error.code }, both.message);
      throw both;
    }
  }

  async #onDbt(
    plan: Plan,
    inputs: TrialInputs,
    options: SimulateOptions,
    startedAt: number,
  ): Promise<SimulationOutcome> {
    let step = 'resolving the levers';
    const { notes, tell } = notesOf(inputs, this.#logger);
    const onProgress: SimulateOptions['onProgress'] = (progress) => {
      step = `${progress.model}, year ${progress.year}`;
      options.onProgress?.(progress);
    };
    const observed = { ...options, onProgress, silenceSeconds: this.#dbtSilenceSeconds };
    try {
      const levers = await this.#inWorkspace(plan, inputs, ({ engine }) => this.#resolve(engine, inputs));
      const id = simulationIdOf(plan, inputs, levers, 'dbt');
      const stored = await this.#store.findWhole(id, options.keep, tell);
      if (stored) return found(stored, startedAt, notes);
      step = 'building its database';
      const outcome = await withDbtBuild(this.#config, plan, inputs, observed, (database) =>
        finishSimulation(this.#store, {
          database,
          plan,
          inputs,
          options: observed,
          id,
          engine: 'dbt',
          levers,
          startedAt,
          reusedYears: 0,
        }),
      );
      return { ...outcome, notes: [...notes, ...outcome.notes] };
    } catch (error) {
      options.signal?.throwIfAborted();
      throw explainEngineFailure('dbt', step, error);
    }
  }
}

/** A simulator whose state is under `config.home`; close it to release its databases. */
export const createSimulator = (config: Config, logger: Logger, tuning: SimulatorTuning = {}): Simulator =>
  byCompanyVersion(config, (of) => new LocalSimulator(of, logger, tuning));
