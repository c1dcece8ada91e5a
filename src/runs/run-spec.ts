/** What the optimisation's activities hand to each other: references and aggregates only, never an employee or a table. */
import type { RunStatus } from './optimization.contract.js';
import type {
  ApplyPolicy,
  DetailedStatus,
  EngineChoice,
  Metric,
  Strategy,
  TargetMode,
} from './request.contract.js';
import type { ParameterName } from '../levers/lever.contract.js';
import type { EngineName } from '../simulation/simulation.contract.js';
import type { LeverLimit, TargetGoal } from '../targets/targets.contract.js';
import type { PlanYears } from '../shared/contract/years.contract.js';
import type { SeedGrowth } from './uncertainty.contract.js';
import type { Signed, StartWord } from '../levers/signed-word.js';
import type { SimulationSpec } from '../simulation/simulator.js';

/** Who may decide on the levers, and when. */
export interface ApprovalTerms {
  /** Null: anyone but who asked. */
  readonly approvers: readonly string[] | null;
  /** Null: without a limit. */
  readonly expires_ms: number | null;
  /** Null: nobody is reminded. */
  readonly reminder_ms: number | null;
  /** Approvers are told at once that they are asked. */
  readonly notify: boolean;
}

/** A checked request: every default filled in, every input copied and named by its fingerprint. */
export interface RunSpec {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly requested_by: string;
  /** Percent. */
  readonly target: number;
  readonly target_mode: TargetMode;
  readonly metric: Metric;
  readonly statuses: readonly DetailedStatus[];
  /** Percentage points. */
  readonly tolerance: number;
  readonly max_iterations: number;
  readonly strategy: Strategy;
  readonly tune: readonly ParameterName[];
  readonly apply: ApplyPolicy;
  /** Signed for whoever started it with apply = on-convergence through the API or the command line; absent otherwise. */
  readonly word?: Signed<StartWord>;
  /** Absent unless somebody is to decide, and from runs of earlier releases. */
  readonly approval?: ApprovalTerms;
  readonly scenario: string;
  readonly years: PlanYears;
  readonly seed: number;
  /** Absent unless the run tunes on several; the first one that tunes is `seed`. */
  readonly seeds?: { readonly tuning: readonly number[]; readonly evaluation: readonly number[] };
  readonly engine: EngineChoice;
  /** Version of the company whose settings hold from start to end; absent: those of the home itself. */
  readonly company_version?: number;
  /** sha256 of the imported census. */
  readonly census: string;
  /** Fingerprint of the lever set that the run starts from. */
  readonly lever_set: string;
  /** Fingerprint that the scenario's pointer showed at the start; publishing is refused when it has moved since. */
  readonly published: string;
  /** Start of the run, ISO 8601: stands in the rows that the run proposes. */
  readonly started_at: string;
  /** Several targets in place of the one growth; `target` then is only what growth is compared with. */
  readonly targets?: { readonly goals: readonly TargetGoal[]; readonly limits: readonly LeverLimit[] };
  /** How far single levers may move towards the one growth; absent without any. */
  readonly limits?: readonly LeverLimit[];
  readonly notices: readonly string[];
}

export const simulationSpec = (
  spec: Pick<RunSpec, 'census' | 'scenario' | 'years' | 'seed' | 'engine' | 'company_version'>,
  leverSet: string,
): SimulationSpec => ({
  census: spec.census,
  levers: leverSet,
  scenario: spec.scenario,
  years: spec.years,
  seed: spec.seed,
  engine: spec.engine,
  ...(spec.company_version === undefined ? {} : { company_version: spec.company_version }),
});

/** A finished simulation as the workflow knows it. */
export interface SimulatedTrial {
  readonly simulation_id: string;
  readonly engine: EngineName;
  readonly reused: boolean;
  /** How long the simulation alone took. */
  readonly seconds: number;
  readonly notes: readonly string[];
}

export type TunedSeed = Omit<SeedGrowth, 'role'>;

/** A simulation and the random seed that it was made with. */
export type SeedSimulation = Pick<SeedGrowth, 'seed' | 'simulation_id'>;

export interface MeasuredGrowth {
  /** Percent, by the run's metric, statuses and target mode. */
  readonly growth: number;
  readonly growth_by_year: Readonly<Record<string, number>>;
  /** Target minus growth, pp; of the worst year in every-year mode. Absent from runs of earlier releases. */
  readonly gap?: number;
  /** With several seeds, over which the growth is the mean. */
  readonly by_seed?: readonly TunedSeed[];
}

/** One measurement on its way into the tuner. */
export interface Measurement extends MeasuredGrowth {
  readonly simulation_id: string;
  /** Wall time of the whole iteration. */
  readonly seconds: number;
}

/** What the tuner asks for next; `state` names the stored tuning state that it follows from. */
export interface Proposal {
  readonly state: string;
  readonly next:
    | { readonly kind: 'simulate'; readonly role: 'low' | 'high' | 'corner' | 'candidate' }
    | {
        readonly kind: 'done';
        readonly status: Extract<RunStatus, 'converged' | 'not_converged' | 'infeasible'>;
      };
  /** Candidates measured so far. */
  readonly iterations: number;
  /** The trial to keep were the run to end now. */
  readonly best: {
    readonly simulation_id: string;
    readonly growth: number;
    readonly is_baseline: boolean;
    /** Growth of `simulation_id` alone, where the growth is the mean over several seeds. */
    readonly growth_at_seed?: number;
  };
  /** What a reader of the run must know. Absent from runs of earlier releases. */
  readonly notes?: readonly string[];
}
