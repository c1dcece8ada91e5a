/** Simulates sets of levers side by side, on a few simulators, each set once. */
import type { SimulationSummary } from '../simulation/simulation.contract.js';
import { failure } from '../shared/errors/errors.js';
import type { SimulationSpec, Simulator } from '../simulation/simulator.js';

export interface SetToSimulate {
  readonly lever_set: string;
  /** Sets of one flow have the same people; after another flow they are simulated anew, which takes longest. */
  readonly flow: string;
}

export interface SimulatedSets {
  readonly summaries: ReadonlyMap<string, SimulationSummary>;
  readonly run: number;
  readonly reused: number;
}

export interface SimulateSetsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** @param lanes each works on one set at a time. @throws what the first failed simulation threw; CANCELLED on an abort */
export async function simulateSets(
  spec: Omit<SimulationSpec, 'levers'>,
  wanted: readonly SetToSimulate[],
  lanes: readonly Simulator[],
  { signal, onProgress }: SimulateSetsOptions,
): Promise<SimulatedSets> {
  const waiting = [...new Map(wanted.map((set) => [set.lever_set, set])).values()];
  const total = waiting.length;
  const summaries = new Map<string, SimulationSummary>();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const flows = new Map<Simulator, string>();
  let reused = 0;
  const work = async (lane: Simulator): Promise<void> => {
    for (let set = take(waiting, lane, flows); set !== undefined; set = take(waiting, lane, flows)) {
      const outcome = await lane.simulate(
        { ...spec, levers: set.lever_set },
        { keep: 'summary', signal: either },
      );
      summaries.set(set.lever_set, outcome.summary);
      if (outcome.summary.reused) reused += 1;
      onProgress?.({ done: summaries.size, total });
    }
  };
  const failures: unknown[] = [];
  await Promise.all(
    lanes.map((lane) =>
      work(lane).catch((error: unknown) => {
        failures.push(error);
        waiting.length = 0;
        stop.abort();
      }),
    ),
  );
  if (signal?.aborted === true) throw failure('CANCELLED', { what: 'the impact analysis' });
  if (failures.length > 0) throw failures[0];
  return { summaries, run: total - reused, reused };
}

/** A lane stays with its flow while that has sets; then it takes the one with most left that no other lane is at. */
function take(
  waiting: SetToSimulate[],
  lane: Simulator,
  flows: Map<Simulator, string>,
): SetToSimulate | undefined {
  const left = new Map<string, number>();
  for (const { flow } of waiting) left.set(flow, (left.get(flow) ?? 0) + 1);
  const elsewhere = new Set([...flows].filter(([other]) => other !== lane).map(([, flow]) => flow));
  const rank = (flow: string): number =>
    flow === flows.get(lane)
      ? Number.POSITIVE_INFINITY
      : (left.get(flow) ?? 0) - (elsewhere.has(flow) ? 1e6 : 0);
  const [best] = [...left.keys()].toSorted((one, other) => rank(other) - rank(one));
  const index = waiting.findIndex(({ flow }) => flow === best);
  if (index < 0) return undefined;
  const [set] = waiting.splice(index, 1);
  if (set !== undefined) flows.set(lane, set.flow);
  return set;
}
