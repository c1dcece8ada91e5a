/** Which assets are due without anybody asking, and why: judged from the state as it is, not from single events. */
import type { AssetSpec, Automation } from './asset.js';
import type { Hash } from './fingerprint.js';
import { assetOf, type AssetGraph } from './graph.js';
import { planAssets, type PlannedStep, type WorldState } from './plan.js';
import type { JsonObject } from './fingerprint.js';
import { stepId } from './steps.js';
import { own } from '../../shared/own.terms.js';

/** By asset: the state for which a run was started last. The same state starts no second one, whatever became of the first. */
export type Asked = Readonly<Record<string, string>>;

export interface AutomationDecision {
  readonly asset: string;
  readonly condition: Automation['kind'];
  readonly action: 'start' | 'wait';
  /** Partitions that are due; null: the asset without partitions. */
  readonly partitions: readonly (string | null)[];
  /** At least one. */
  readonly reasons: readonly string[];
  /** Names the state that was judged; empty when nothing is due. */
  readonly fingerprint: string;
}

export interface AutomationRequest {
  readonly config: JsonObject;
  readonly asked: Asked;
}

/** One decision for each asset that declares `eager` or `on-missing`, inputs first; `on-cron` is left to schedules. */
export function decideAutomation(
  graph: AssetGraph,
  world: WorldState,
  { config, asked }: AutomationRequest,
  hash: Hash,
): AutomationDecision[] {
  const specs = [...graph.assets.values()].filter(isJudged);
  if (specs.length === 0) return [];
  const { steps } = planAssets(graph, world, { keys: specs.map(({ key }) => key), config }, hash);
  const versions = new Map(world.latest.map((state) => [stepId(state.asset, state.partition), state]));
  const made = (id: string) => versions.get(id)?.materialization ?? null;
  const running = new Set(steps.filter(({ action }) => action === 'run').map(({ id }) => id));
  const versionOf = (id: string) =>
    own(world.observed, id) ?? made(id)?.data_version ?? versions.get(id)?.observation?.data_version ?? '';

  const ofAsset = new Map<string, PlannedStep[]>(specs.map(({ key }) => [key, []]));
  for (const step of steps) ofAsset.get(step.key)?.push(step);
  // What is read comes before its readers, and so do the reasons that started it all.
  const places = new Map([...steps.entries()].toReversed().map(([place, { key }]) => [key, place]));
  const inOrder = specs.toSorted((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));

  return inOrder.map((spec): AutomationDecision => {
    const { key, automation } = spec;
    const planned = ofAsset.get(key) ?? [];
    const due = planned.filter(
      ({ id, action }) => action === 'run' && (automation.kind === 'eager' || made(id) === null),
    );
    const decision = {
      asset: key,
      condition: automation.kind,
      partitions: due.map(({ partition }) => partition),
    };
    const wait = (reasons: readonly string[]) =>
      ({ ...decision, action: 'wait', reasons, fingerprint: '' }) as const;
    if (due.length === 0) return wait(idleReasons(planned));
    const absent = new Set(
      due
        .flatMap(({ inputs }) => inputs)
        .flatMap((input) => {
          const isThere =
            assetOf(graph, input.key).external || made(input.id) !== null || running.has(input.id);
          return isThere ? [] : [input.id];
        }),
    );
    if (absent.size > 0) return wait([...absent].map((id) => `${id} was never made`));
    const fingerprint = hash(JSON.stringify([spec.codeVersion, due.map((step) => stateOf(step, versionOf))]));
    if (own(asked, key) === fingerprint) return wait(['a run was started for this state already']);
    const reasons = [
      ...new Set(due.flatMap((step) => step.reasons.map((reason) => `${step.id}: ${reason}`))),
    ];
    return { ...decision, action: 'start', reasons, fingerprint };
  });
}

const isJudged = (spec: AssetSpec): spec is AssetSpec & { readonly automation: Automation } =>
  spec.automation !== null && spec.automation.kind !== 'on-cron' && !spec.external;

/** What decides that a step is due: while it stays, so does the decision. */
const stateOf = ({ id, inputs }: PlannedStep, versionOf: (id: string) => string) => [
  id,
  inputs.map((input) => [input.id, versionOf(input.id)]),
];

const idleReasons = (steps: readonly PlannedStep[]): string[] => {
  const blocked = steps.filter(({ action }) => action === 'blocked');
  const reasons = (blocked.length > 0 ? blocked : steps).flatMap((step) => step.reasons);
  return reasons.length === 0 ? ['it has no partitions'] : [...new Set(reasons)];
};
