/** Steps: an asset in one partition, in an order in which each stands after all that it reads. */
import { failure } from '../../shared/errors/errors.js';
import type { AssetSpec } from './asset.js';
import { assetOf, type AssetGraph } from './graph.js';
import { partitionLookup } from './mapping.js';
import { chosenKeys, partitionKeys, type DynamicKeys, type PartitionChoice } from './partitions.js';

export interface Step {
  /** `key`, or `key[partition]`. */
  readonly id: string;
  readonly key: string;
  readonly partition: string | null;
  /** The steps read, whether selected or not. */
  readonly inputs: readonly StepRef[];
}

export type StepRef = Pick<Step, 'id' | 'key' | 'partition'>;

export const stepId = (key: string, partition: string | null): string =>
  partition === null ? key : `${key}[${partition}]`;

export interface StepRequest {
  readonly keys: readonly string[];
  /** Undefined: every partition. */
  readonly partitions?: PartitionChoice | undefined;
  readonly dynamic: DynamicKeys;
}

/** @throws MeritloopError ASSET_UNKNOWN, PARTITIONS_INVALID where the choice fits no asset, GRAPH_INVALID on a circle of partitions */
export function expandSteps(graph: AssetGraph, { keys, partitions, dynamic }: StepRequest): Step[] {
  const steps = new Map<string, Step>();
  const refs = createRefs();
  let isChosen = partitions === undefined;
  for (const key of keys) {
    const spec = assetOf(graph, key);
    const chosen = choose(spec, partitions, dynamic);
    if (spec.partitions !== null && chosen.length > 0) isChosen = true;
    addSteps(steps, refs, graph, spec, chosen, dynamic);
  }
  if (!isChosen)
    throw failure('PARTITIONS_INVALID', {
      partitions: partitions?.text ?? '',
      problem: 'no selected asset has such a partition',
    });
  return inOrder(steps);
}

/** An asset in one piece is made whatever partitions are asked for. */
const choose = (
  { partitions }: AssetSpec,
  choice: PartitionChoice | undefined,
  dynamic: DynamicKeys,
): readonly (string | null)[] => {
  if (partitions === null) return [null];
  return choice === undefined ? partitionKeys(partitions, dynamic) : chosenKeys(choice, partitions, dynamic);
};

function addSteps(
  steps: Map<string, Step>,
  refs: (key: string, partition: string | null) => StepRef,
  graph: AssetGraph,
  spec: AssetSpec,
  partitions: readonly (string | null)[],
  dynamic: DynamicKeys,
): void {
  const edges = spec.deps.map(({ key, mapping }) => ({
    key,
    lookup: partitionLookup(mapping, spec.partitions, assetOf(graph, key).partitions, dynamic),
  }));
  for (const partition of partitions) {
    const { id } = refs(spec.key, partition);
    const inputs: StepRef[] = [];
    for (const { key, lookup } of edges)
      for (const other of lookup?.(partition) ?? []) inputs.push(refs(key, other));
    steps.set(id, { id, key: spec.key, partition, inputs });
  }
}

/** One object and one text for each step, however many read it: planning looks them up by the ten thousand. */
function createRefs(): (key: string, partition: string | null) => StepRef {
  const known = new Map<string, Map<string | null, StepRef>>();
  return (key, partition) => {
    let ofKey = known.get(key);
    if (ofKey === undefined) known.set(key, (ofKey = new Map<string | null, StepRef>()));
    let ref = ofKey.get(partition);
    if (ref === undefined) ofKey.set(partition, (ref = { id: stepId(key, partition), key, partition }));
    return ref;
  };
}

/** Depth first and by hand: a chain of ten thousand steps must not exhaust the stack. */
function inOrder(steps: ReadonlyMap<string, Step>): Step[] {
  const ordered: Step[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of steps.values()) {
    if (state.has(root.id)) continue;
    const stack = [{ step: root, next: 0 }];
    state.set(root.id, 'open');
    while (stack.length > 0) {
      const top = stack.at(-1);
      const input = top?.step.inputs[top.next];
      if (top === undefined) break;
      if (input === undefined) {
        stack.pop();
        state.set(top.step.id, 'done');
        ordered.push(top.step);
        continue;
      }
      top.next += 1;
      const step = steps.get(input.id);
      if (step === undefined || state.get(step.id) === 'done') continue;
      if (state.get(step.id) === 'open') {
        const path = stack.map((entry) => entry.step.id);
        const circle = [...path.slice(path.indexOf(step.id)), step.id];
        throw failure('GRAPH_INVALID', {
          problems: [`partitions read each other in a circle: ${circle.join(' <- ')}`],
        });
      }
      state.set(step.id, 'open');
      stack.push({ step, next: 0 });
    }
  }
  return ordered;
}
