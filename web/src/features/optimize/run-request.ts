/** What a run was asked, as it can be asked again: for another strategy, or for the effect of what it found. Pure. */
import { STRATEGIES, type Strategy } from '../../../../src/shared/contract/choices.terms.js';
import type { RunDetails, RunStart } from '../../api/types.js';
import { limitsShown } from './limits.js';
import type { OptimizeSearch } from './request.js';

/** The parts of a checked request that the page reads; files stand as their fingerprints. */
interface CheckedRequest {
  readonly target: number;
  readonly tolerance: number;
  readonly max_iterations: number;
  readonly strategy: Strategy;
  readonly target_mode: NonNullable<RunStart['target_mode']>;
  readonly metric: NonNullable<RunStart['metric']>;
  readonly statuses: NonNullable<RunStart['statuses']>;
  readonly tune: NonNullable<RunStart['tune']>;
  readonly scenario: string;
  readonly years: { readonly first: number; readonly last: number };
  readonly seed: number;
  readonly seeds?: { readonly tuning: readonly number[] };
  readonly engine: NonNullable<RunStart['engine']>;
  readonly census: string;
  readonly lever_set: string;
  readonly limits?: NonNullable<RunStart['limits']>;
  readonly targets?: unknown;
}

/** Null before the request is checked. */
export const requestOf = ({ request }: Pick<RunDetails, 'request'>): CheckedRequest | null =>
  // The API gives it as it stands in the run's record.
  request as CheckedRequest | null;

/** The same question for one growth: everything but the strategy. */
const questionOf = (asked: CheckedRequest): RunStart => ({
  target: asked.target,
  tolerance: asked.tolerance,
  max_iterations: asked.max_iterations,
  target_mode: asked.target_mode,
  metric: asked.metric,
  statuses: asked.statuses,
  tune: asked.tune,
  scenario: asked.scenario,
  years: `${asked.years.first}-${asked.years.last}`,
  seed: asked.seed,
  ...(asked.seeds === undefined ? {} : { seeds: asked.seeds.tuning.length }),
  engine: asked.engine,
  census: asked.census,
  lever_set: asked.lever_set,
  ...(asked.limits === undefined ? {} : { limits: asked.limits }),
});

export const askedOtherwise = (asked: CheckedRequest, strategy: Strategy): RunStart => ({
  ...questionOf(asked),
  strategy,
  apply: 'never',
});

/** The same in the form; what is absent there stands at its default. */
export const searchOf = (asked: CheckedRequest): OptimizeSearch => ({
  target: asked.target,
  tolerance: asked.tolerance,
  max: asked.max_iterations,
  strategy: asked.strategy,
  mode: asked.target_mode,
  metric: asked.metric,
  tune: asked.tune.join(','),
  ...(asked.seeds === undefined ? {} : { seeds: asked.seeds.tuning.length }),
  ...(asked.limits === undefined ? {} : { limits: limitsShown(asked.limits) }),
});

/** For each strategy the newest run that was asked the same, `run` itself for its own. */
export function sameQuestion(
  run: RunDetails,
  others: readonly RunDetails[],
): ReadonlyMap<Strategy, RunDetails> {
  const asked = requestOf(run);
  const found = new Map<Strategy, RunDetails>();
  if (asked === null) return found;
  const question = JSON.stringify(questionOf(asked));
  for (const candidate of [run, ...others]) {
    const request = requestOf(candidate);
    if (request === null || request.targets !== undefined || candidate.run.status === 'failed') continue;
    if (JSON.stringify(questionOf(request)) !== question || found.has(request.strategy)) continue;
    found.set(request.strategy, candidate);
  }
  return new Map(
    STRATEGIES.flatMap((strategy) => {
      const details = found.get(strategy);
      return details === undefined ? [] : [[strategy, details] as const];
    }),
  );
}
