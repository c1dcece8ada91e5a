/** The simulator's port: what the workflows' activities and the command line ask of a simulation. */
import type { LeverKey, LeverRow } from '../levers/lever.contract.js';
import type { ModelStep } from './model-step.contract.js';
import type { EngineChoice } from '../runs/request.contract.js';
import type { SimulationSummary } from './simulation.contract.js';
import type { TargetGoal } from '../targets/targets.contract.js';
import type { PlanYears } from '../shared/contract/years.contract.js';

/** References only: a spec is small, holds no employee, and may stand in a workflow's history. */
export interface SimulationSpec {
  /** sha256 of the imported census: `<home>/inputs/<sha256>/census.parquet`. */
  readonly census: string;
  /** Fingerprint of the lever set: `<home>/levers/<fingerprint>.csv`. */
  readonly levers: string;
  readonly scenario: string;
  readonly years: PlanYears;
  readonly seed: number;
  readonly engine: EngineChoice;
  /** Version of the company whose settings hold; absent: those of the home itself. */
  readonly company_version?: number;
}

export interface SimulationProgress {
  readonly year: number;
  readonly years_done: number;
  readonly years_total: number;
  /** Years whose workforce came from a checkpoint or an earlier trial. */
  readonly years_reused: number;
  /** The dbt model, or stage, at work now. */
  readonly model: string;
  /** What became of the models so far; grows while they run. Absent from the dbt engine. */
  readonly steps?: readonly ModelStep[];
}

/** The verdict of an invariant on the tables of a simulation. */
export interface CheckResult {
  readonly name: string;
  readonly violations: number;
  /** A check that was counted together with others has its share of them all. */
  readonly seconds: number;
  /** A check that was not asked, since it follows, names the invariants that it follows from, all of which hold. */
  readonly follows_from?: readonly string[] | undefined;
}

export interface SimulateOptions {
  /** `tables`: also write both Parquet files and run every check (simulate, baseline, kept trial). */
  readonly keep: 'summary' | 'tables';
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

export interface SimulationOutcome {
  readonly summary: SimulationSummary;
  /** Verdicts of the invariants where the tables were made just now; those of a stored simulation stand in its folder. */
  readonly checks?: readonly CheckResult[] | undefined;
  /** What a reader must know: an engine that stood in, checks that warned. */
  readonly notes: readonly string[];
}

/** A resolved lever; `scenario_id` is the scenario that the value came from. */
export type ResolvedLever = LeverRow;

/** How mean growth of each year answers to one lever: d growth_Y / d lever, pp per unit, by year. */
export interface LeverSensitivity extends LeverKey {
  readonly growth_by_year: Readonly<Record<string, number>>;
}

/** The name of what a model's rows would be: equal versions mean equal rows. */
export interface ModelVersion {
  readonly model: string;
  /** Null for a model that is the same in every year. */
  readonly year: number | null;
  readonly version: string;
}

/** A figure of a simulation, in the metric's unit, with its answer to each lever. */
export interface MeasuredTarget {
  readonly value: number;
  /** d value / d lever, per unit of the lever, in the order of the measurement's levers. */
  readonly effects: readonly number[];
  /** Where the metric is a median merit: raises by job level, 1 to 5, which weigh the levels' merits. */
  readonly raises?: readonly number[];
}

export interface TargetMeasurement {
  readonly levers: readonly LeverKey[];
  /** In the order in which the targets were asked for. */
  readonly targets: readonly MeasuredTarget[];
  /** Pay of year-end actives, summed over the plan years, USD. */
  readonly payroll: MeasuredTarget;
}

/** What the invariants say of a stored simulation, now. */
export interface CheckedAgain {
  readonly simulation_id: string;
  /** Where it is stored. */
  readonly folder: string;
  readonly checks: readonly {
    readonly name: string;
    readonly violations: number;
    readonly seconds: number;
    readonly severity: 'warn' | 'error';
  }[];
}

export interface Simulator {
  /** Runs it, or returns the stored simulation of the same fingerprint. Resumes from finished years. */
  simulate(spec: SimulationSpec, options: SimulateOptions): Promise<SimulationOutcome>;
  /** A finished simulation by its id. @throws SIMULATION_UNKNOWN */
  load(simulationId: string): Promise<SimulationSummary>;
  /** One row per fiscal year, level and parameter, after scenario inheritance. @throws LEVER_MISSING */
  resolveLevers(spec: SimulationSpec): Promise<ResolvedLever[]>;
  /** Measured on a simulation's own people: exact derivatives at its levers, but for rounding to cents. */
  sensitivities(spec: SimulationSpec): Promise<LeverSensitivity[]>;
  /** What a simulation would come out as, model by model, without simulating: only the levers are resolved. */
  modelVersions(spec: SimulationSpec): Promise<ModelVersion[]>;
  /** The targets' figures and derivatives in that simulation. @throws TARGET_UNDEFINED */
  measureTargets(
    spec: SimulationSpec,
    targets: readonly Pick<TargetGoal, 'metric' | 'fiscal_year'>[],
  ): Promise<TargetMeasurement>;
  /** The invariants' verdicts on what is stored of it. @throws SIMULATION_UNKNOWN, STORED_FILE_DAMAGED */
  checkAgain(spec: SimulationSpec): Promise<CheckedAgain>;
  close(): Promise<void>;
}
