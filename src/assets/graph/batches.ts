/** Batches: the steps that one call of a computation makes, and which batches must end before another begins. */
import type { AssetSpec, Retry } from './asset.js';
import type { PlannedStep } from './plan.js';

export interface Batch {
  readonly computation: string;
  readonly runsAs: 'activity' | 'workflow';
  /** Ids in the order in which they can run. */
  readonly steps: readonly string[];
  /** Indices of the batches that must end first. */
  readonly after: readonly number[];
  readonly pool: string | null;
  readonly retry: Retry;
  /** Wall seconds that making these steps took when they were last made; null: not known. */
  readonly lastSeconds: number | null;
  /** For people: what it makes. */
  readonly label: string;
}

/**
 * Batches of the steps that run, in an order in which they can begin. Steps of a computation (and partition, when it
 * takes one at a time) share a batch unless another computation stands between them.
 */
export function batchSteps(
  planned: readonly PlannedStep[],
  specOf: (key: string) => AssetSpec,
  secondsOf: (step: PlannedStep) => number | undefined = () => undefined,
): Batch[] {
  const ranks = new Map<string, { readonly unit: string; readonly rank: number }>();
  const groups = new Map<string, { readonly rank: number; readonly steps: PlannedStep[] }>();
  for (const step of planned) {
    if (step.action !== 'run') continue;
    const { computation } = specOf(step.key);
    const unit =
      computation.partitions === 'each' ? `${computation.name}[${step.partition ?? ''}]` : computation.name;
    let rank = 0;
    for (const { id } of step.inputs) {
      const input = ranks.get(id);
      if (input !== undefined) rank = Math.max(rank, input.rank + (input.unit === unit ? 0 : 1));
    }
    ranks.set(step.id, { unit, rank });
    const group = groups.get(`${rank} ${unit}`);
    if (group === undefined) groups.set(`${rank} ${unit}`, { rank, steps: [step] });
    else group.steps.push(step);
  }
  const ordered = [...groups.values()].toSorted((a, b) => a.rank - b.rank);
  const batchOf = new Map(ordered.flatMap(({ steps }, index) => steps.map(({ id }) => [id, index] as const)));
  return ordered.map(({ steps }, index) => toBatch(steps, index, batchOf, specOf, secondsOf));
}

function toBatch(
  steps: readonly PlannedStep[],
  index: number,
  batchOf: ReadonlyMap<string, number>,
  specOf: (key: string) => AssetSpec,
  secondsOf: (step: PlannedStep) => number | undefined,
): Batch {
  const specs = steps.map(({ key }) => specOf(key));
  const [first] = specs;
  const after = new Set(steps.flatMap(({ inputs }) => inputs.map(({ id }) => batchOf.get(id) ?? index)));
  after.delete(index);
  return {
    computation: first?.computation.name ?? '',
    runsAs: first?.computation.runsAs ?? 'activity',
    steps: steps.map(({ id }) => id),
    after: [...after].toSorted((a, b) => a - b),
    pool: specs.find(({ pool }) => pool !== null)?.pool ?? null,
    retry: specs
      .map(({ retry }) => retry)
      .reduce((most, retry) => (retry.attempts > most.attempts ? retry : most)),
    lastSeconds: steps.reduce<number | null>((sum, step) => {
      const seconds = secondsOf(step);
      return sum === null || seconds === undefined ? null : sum + seconds;
    }, 0),
    label: steps.length === 1 ? (steps[0]?.id ?? '') : `${first?.computation.name} (${steps.length} steps)`,
  };
}
