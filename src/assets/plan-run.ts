/** From a request to a plan: select, look at the world, decide; and the plan of a run, stored once and never changed. */
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { MaterializationRequest } from './materialization.contract.js';
import { parseMaterialization } from './materialization-request.js';
import { failure } from '../shared/errors/errors.js';
import { readText, writeWhole } from '../shared/files/durable.js';
import { parseStored, withSeal } from '../shared/files/stored-json.js';
import type { LatestState } from './graph/catalog-port.js';
import type { AssetGraph } from './graph/graph.js';
import { parsePartitionChoice } from './graph/partitions.js';
import { planAssets, type PlannedStep, type PlanRequest, type WorldState } from './graph/plan.js';
import { resolvePlan, type ResolvedPlan } from './graph/resolved-plan.js';
import { selectAssets } from './graph/selection/select.js';
import { STATUSES, statusesOf } from './graph/status.js';
import type { AssetHost } from './host.js';
import { blockedEvent, hash, observationEvents } from './record-steps.js';

export interface SeenGraph {
  readonly graph: AssetGraph;
  readonly world: WorldState;
  /** What every asset and partition would do now. */
  readonly outlook: readonly PlannedStep[];
}

/** The graph and everything known of it. */
export async function lookAtGraph(
  host: AssetHost,
  config: MaterializationRequest['config'],
): Promise<SeenGraph> {
  const { graph, world } = await host.describe(config);
  const latest: LatestState[] = await host.catalog.latest();
  const damaged = await host.damagedOf?.(latest);
  const whole: WorldState = { ...world, latest, ...(damaged === undefined ? {} : { damaged }) };
  const { steps } = planAssets(graph, whole, { keys: [...graph.assets.keys()], config }, hash);
  return { graph, world: whole, outlook: steps };
}

/** @throws MeritloopError SELECTION_INVALID, NOTHING_SELECTED */
export function selectIn({ graph, world, outlook }: SeenGraph, selection: string, now: Date): string[] {
  const statuses = statusesOf(graph, world.latest, outlook, now);
  const keys = selectAssets(graph, selection, {
    statuses: STATUSES,
    statusOf: (key) => statuses.get(key) ?? [],
  });
  if (keys.length === 0) throw failure('NOTHING_SELECTED', { selection });
  return keys;
}

export function planRequestOf(seen: SeenGraph, request: MaterializationRequest, now: Date): PlanRequest {
  const { select, partitions, force, config } = request;
  return {
    keys: selectIn(seen, select, now),
    ...(partitions === undefined ? {} : { partitions: parsePartitionChoice(partitions) }),
    force,
    config,
  };
}

const fileOf = (home: string, run: string): string => path.join(home, 'materializations', run, 'plan.json');

const planIn = (home: string, run: string, text: string): ResolvedPlan =>
  parseStored(
    fileOf(home, run),
    text,
    (value) => z.looseObject({ steps: z.array(z.unknown()) }).parse(value) as unknown as ResolvedPlan,
  );

/** The plan of a run: made at the first call, the same at every later one, whatever has changed since. */
export async function planRun(
  host: AssetHost,
  home: string,
  run: string,
  input: unknown,
  now: Date,
): Promise<ResolvedPlan> {
  const stored = await readText(fileOf(home, run));
  if (stored !== null) return planIn(home, run, stored);
  const request = parseMaterialization(input);
  host.requireMakeable?.(request.config);
  const seen = await lookAtGraph(host, request.config);
  const plan = resolvePlan(seen.graph, seen.world, { ...planRequestOf(seen, request, now), run }, hash);
  await host.catalog.append([
    ...observationEvents(plan, now),
    ...plan.steps
      .filter(({ action }) => action === 'blocked')
      .map((step) => blockedEvent(plan, step, step.reasons, now)),
  ]);
  await writeWhole(fileOf(home, run), JSON.stringify(withSeal(plan)));
  return plan;
}

/** @throws MeritloopError RUN_UNKNOWN */
export async function loadPlan(home: string, run: string): Promise<ResolvedPlan> {
  const stored = await readText(fileOf(home, run));
  if (stored === null) throw failure('RUN_UNKNOWN', { run });
  return planIn(home, run, stored);
}

/** Says that the run goes on: retention goes by age. */
export async function touchPlan(home: string, run: string, now: Date): Promise<void> {
  try {
    await utimes(fileOf(home, run), now, now);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Whether a run of the graph of that name is to make the asset. */
export async function isPlannedBy(home: string, run: string, asset: string): Promise<boolean> {
  const stored = await readText(fileOf(home, run));
  return stored !== null && planIn(home, run, stored).steps.some(({ key }) => key === asset);
}
