/** Activities `saveResult` and `saveFailure`: write down how a run ended. */
import { activityInfo } from '@temporalio/activity';
import type { ApprovalRecord } from './approval.contract.js';
import type { OptimizationResult, Recommendation, RunStatus } from './optimization.contract.js';
import type { EngineName } from '../simulation/simulation.contract.js';
import { summaryOf, type TunerState } from '../tuning/tuner.js';
import type { ActivityDependencies } from '../ports.js';
import { approvalEntries } from './audit-approvals.js';
import { eventId } from '../temporal/event-id.js';
import { judgeSeeds, type Judgement } from './judge-seeds.activities.js';
import { recordFailedRun } from '../assets/product/record-direct.js';
import type { RunFailure } from './run-store.js';
import { simulationSpec, type RunSpec, type SeedSimulation } from './run-spec.js';

export interface ResultInput {
  readonly spec: RunSpec;
  readonly state: string;
  readonly status: RunStatus;
  readonly applied: OptimizationResult['applied'];
  /** Someone ended the run early. */
  readonly stopped: boolean;
  /** What happened to the run beside the tuning. */
  readonly remarks: readonly Recommendation[];
  /** The decision on its levers; null where nobody was asked. Absent from runs of earlier releases. */
  readonly approval?: ApprovalRecord | null;
  /** The kept levers on the evaluation seeds; null before, absent without several seeds. */
  readonly evaluation?: readonly SeedSimulation[] | null;
  readonly lever_set: string;
  readonly engine: EngineName;
  readonly simulations_run: number;
  readonly simulations_reused: number;
  readonly seconds: number;
  readonly stages: Readonly<Record<string, number>>;
}

export const saveResult =
  ({ runs, simulator, catalog }: ActivityDependencies) =>
  async (input: ResultInput): Promise<OptimizationResult> => {
    const { spec, evaluation = null } = input;
    const state = await runs.loadState(spec.run_id, input.state);
    const tuned = summaryOf(state).best.by_seed ?? [];
    const judgement = evaluation === null ? null : await judgeSeeds({ simulator }, spec, tuned, evaluation);
    const result = resultOf(input, state, judgement);
    const open = input.applied === 'pending';
    await runs.finish(
      {
        run_id: spec.run_id,
        workflow_id: spec.workflow_id,
        started_at: spec.started_at,
        finished_at: open ? null : new Date().toISOString(),
        spec,
        seconds_by_stage: input.stages,
      },
      result,
    );
    const { approval } = result;
    if (approval != null)
      await catalog.recordAudit(
        approvalEntries(spec.run_id, spec.scenario, approval, new Date().toISOString()),
      );
    return result;
  };

function resultOf(input: ResultInput, state: TunerState, judgement: Judgement | null): OptimizationResult {
  const { spec, status, applied } = input;
  const summary = summaryOf(state);
  const measured = [summary.initial_growth, summary.final_growth];
  return {
    status,
    run_id: spec.run_id,
    workflow_id: spec.workflow_id,
    simulation_id: summary.best.simulation_id,
    requested_by: spec.requested_by,
    target_growth: spec.target,
    tolerance: spec.tolerance,
    initial_growth: summary.initial_growth,
    initial_gap: summary.initial_gap,
    final_growth: summary.final_growth,
    final_gap: summary.final_gap,
    iterations_used: summary.iterations.length,
    simulations_run: input.simulations_run,
    simulations_reused: input.simulations_reused,
    // Cancelled before both bounds were in: what was measured is attainable for certain.
    attainable_growth: summary.attainable_growth ?? [Math.min(...measured), Math.max(...measured)],
    attainable_search: summary.attainable_search,
    attainable_corners: summary.corners,
    ...(summary.attainable_by_year && { attainable_by_year: summary.attainable_by_year }),
    iterations: summary.iterations.map(({ t: _place, ...iteration }) => iteration),
    levers: summary.changes,
    locked_rows_skipped: summary.locked_rows_skipped,
    binding: summary.binding,
    recommendations: [
      ...early(input),
      ...input.remarks,
      ...(status === 'converged' ? (judgement?.recommendations ?? []) : []),
      ...summary.recommendations,
    ],
    targets: summary.targets,
    ...(spec.seeds && { uncertainty: judgement?.uncertainty ?? null }),
    applied,
    approval: input.approval ?? null,
    lever_set: input.lever_set,
    engine: input.engine,
    seconds: input.seconds,
  };
}

function early({ status, stopped, spec }: ResultInput): Recommendation[] {
  if (status === 'cancelled')
    return [
      {
        code: 'CANCELLED',
        message: `The run was cancelled; the best trial so far is kept. Start it again with --id ${spec.run_id} --rerun.`,
      },
    ];
  return stopped
    ? [{ code: 'STOPPED', message: 'The run was stopped by request; the best trial so far is kept.' }]
    : [];
}

export interface FailureInput extends Pick<
  RunFailure,
  'run_id' | 'workflow_id' | 'requested_by' | 'status' | 'error'
> {
  readonly started_at: string;
  /** Null where nothing had been simulated. */
  readonly known: ResultInput | null;
}

export const saveFailure =
  (dependencies: ActivityDependencies) =>
  async ({ started_at, known: last, ...ending }: FailureInput): Promise<void> => {
    const { runs, logger } = dependencies;
    const { run_id, workflow_id } = ending;
    const known = await runs.record(run_id);
    // A run whose name belongs to another workflow leaves that one's files alone.
    if (known !== undefined && known.workflow_id !== workflow_id) return;
    const record =
      known?.started_at === started_at
        ? known
        : { run_id, workflow_id, started_at, spec: null, seconds_by_stage: {}, finished_at: null };
    await runs.claim(record);
    const asked =
      record.spec === null ? {} : { target_growth: record.spec.target, tolerance: record.spec.tolerance };
    const partial = last === null ? asked : { ...asked, ...(await soFar(runs, last, logger)) };
    await runs.finish(
      {
        ...record,
        seconds_by_stage: last?.stages ?? record.seconds_by_stage,
        finished_at: new Date().toISOString(),
      },
      { ...partial, ...ending },
    );
    if (record.spec !== null) {
      const spec = simulationSpec(record.spec, record.spec.lever_set);
      await recordFailedRun(
        dependencies,
        { spec, run: run_id, of: 'optimization' },
        ending.error,
        eventId(activityInfo()),
      );
    }
  };

/** What the run had found by then; the reason of its failure may also keep its files from being read. */
async function soFar(
  runs: ActivityDependencies['runs'],
  last: ResultInput,
  logger: ActivityDependencies['logger'],
): Promise<Partial<OptimizationResult>> {
  try {
    return resultOf(last, await runs.loadState(last.spec.run_id, last.state), null);
  } catch (err) {
    logger.warn({ err, run: last.spec.run_id }, 'what the failed run had found could not be read');
    return {};
  }
}
