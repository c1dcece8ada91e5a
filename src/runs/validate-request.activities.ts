/** Activity `validateRequest`: from plain JSON to a run's specification, or a refusal that names the field. */
import { optimizationRequest } from './request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import type { LeverLimit, TargetGoal } from '../targets/targets.contract.js';
import { runIdOf } from './run-id.terms.js';
import { checkSupported } from '../tuning/measure.js';
import { evaluationSeeds, tuningSeeds } from '../tuning/random-seeds/random-seeds.js';
import { approvalTerms } from './approval-terms.js';
import { startWord } from './start-word.js';
import { discreet } from '../temporal/discreet.js';
import type { ActivityDependencies } from '../ports.js';
import { whileBeating } from '../temporal/heartbeat.js';
import { resolveInputs } from './resolve-inputs.js';
import type { RunSpec } from './run-spec.js';

export interface ValidationInput {
  readonly request: unknown;
  readonly workflow_id: string;
  readonly started_at: string;
  /** What came along in the memo, unchecked; absent where nothing did. */
  readonly word?: unknown;
}

const UNKNOWN_REQUESTER = 'unknown';

export const validateRequest =
  (dependencies: ActivityDependencies) =>
  ({ request: input, workflow_id, started_at, word: brought }: ValidationInput): Promise<RunSpec> =>
    whileBeating(async (_, signal) => {
      const run_id = runIdOf(workflow_id);
      const request = parseRequest(optimizationRequest, input);
      checkSupported(request);
      const approval = approvalTerms(request, dependencies.config.approvalWebhook !== undefined);
      const { spec, published, targets, limits, notices } = await resolveInputs(
        request,
        discreet(dependencies),
        signal,
      );
      const requested_by = request.requested_by ?? UNKNOWN_REQUESTER;
      const word =
        request.apply === 'on-convergence'
          ? await startWord(dependencies.config.home, brought, {
              request: input,
              workflow_id,
              scenario: spec.scenario,
              requested_by,
            })
          : undefined;
      const renamed = request.id !== undefined && request.id !== run_id;
      const run: RunSpec = {
        run_id,
        workflow_id,
        requested_by,
        target: targets === null ? request.target : growthTarget(targets.goals, request.target),
        target_mode: request.target_mode,
        metric: request.metric,
        statuses: request.statuses,
        tolerance: request.tolerance,
        max_iterations: request.max_iterations,
        strategy: request.strategy,
        tune: request.tune,
        apply: request.apply,
        ...(word === undefined ? {} : { word }),
        ...(approval === undefined ? {} : { approval }),
        scenario: spec.scenario,
        years: spec.years,
        seed: spec.seed,
        ...seedsOf(spec.seed, request.seeds),
        engine: spec.engine,
        ...(spec.company_version === undefined ? {} : { company_version: spec.company_version }),
        census: spec.census,
        lever_set: spec.levers,
        published,
        ...(targets === null ? limitsOf(limits) : { targets: { goals: targets.goals, limits } }),
        started_at,
        notices: renamed
          ? [...notices, `started as workflow ${workflow_id}: the run is named ${run_id}, not ${request.id}`]
          : notices,
      };
      await dependencies.runs.claim({
        run_id,
        workflow_id,
        started_at,
        finished_at: null,
        spec: run,
        asked: input,
        seconds_by_stage: {},
      });
      return run;
    });

const limitsOf = (limits: readonly LeverLimit[]) => (limits.length === 0 ? {} : { limits });

/** One seed needs no mean, and leaves no seed to judge by. */
function seedsOf(seed: number, count = 1): Pick<RunSpec, 'seeds'> {
  return count === 1
    ? {}
    : { seeds: { tuning: tuningSeeds(seed, count), evaluation: evaluationSeeds(seed) } };
}

/** What growth is compared with: the mean of the growth targets, or else the request's own target. */
function growthTarget(goals: readonly TargetGoal[], otherwise: number): number {
  const wanted = goals.filter(
    ({ metric, kind }) => metric === 'compensation_growth_rate' && kind === 'target',
  );
  if (wanted.length === 0) return otherwise;
  return wanted.reduce((sum, { value }) => sum + value, 0) / wanted.length;
}
