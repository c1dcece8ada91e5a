/** A world for plans: code and external data that can change, and a run that makes what a plan asks for. */
import { createHash } from 'node:crypto';
import type { AssetSpec } from '../../../src/assets/graph/asset.js';
import type { AssetEvent, LatestState } from '../../../src/assets/graph/catalog-port.js';
import { fingerprintOf } from '../../../src/assets/graph/fingerprint.js';
import { createGraph, type AssetGraph } from '../../../src/assets/graph/graph.js';
import { partitionKeys } from '../../../src/assets/graph/partitions.js';
import { planAssets, type PlannedStep, type WorldState } from '../../../src/assets/graph/plan.js';
import { decideBatch, resolvePlan } from '../../../src/assets/graph/resolved-plan.js';
import { stepId } from '../../../src/assets/graph/steps.js';
import { createMemoryCatalog } from './memory-catalog.js';

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export class World {
  readonly specs: Map<string, AssetSpec>;
  /** Data of external assets, by step. */
  readonly sources = new Map<string, string>();
  /** Checks that fail, as `asset check` or `asset[partition] check`. */
  readonly failing = new Set<string>();
  /** What an asset's data is made of besides its code: lets code change without the data. */
  readonly #catalog = createMemoryCatalog();
  #runs = 0;

  constructor(specs: readonly AssetSpec[]) {
    this.specs = new Map(specs.map((spec) => [spec.key, spec]));
    for (const spec of specs.filter(({ external }) => external)) {
      const keys = spec.partitions === null ? [null] : partitionKeys(spec.partitions, {});
      for (const partition of keys) this.sources.set(stepId(spec.key, partition), `${spec.key} at first`);
    }
  }

  get graph(): AssetGraph {
    return createGraph([...this.specs.values()]);
  }

  async state(): Promise<WorldState> {
    return {
      latest: await this.#catalog.latest(),
      observed: Object.fromEntries(this.sources),
      foreseen: {},
      dynamic: {},
    };
  }

  latest(): Promise<LatestState[]> {
    return this.#catalog.latest();
  }

  async plan(
    keys: readonly string[] = [...this.specs.keys()],
    force = false,
  ): Promise<readonly PlannedStep[]> {
    return planAssets(this.graph, await this.state(), { keys, force, config: {} }, hash).steps;
  }

  /** Runs a plan as a worker does, batch by batch. Returns the steps that really ran, and those blocked. */
  async materialize(keys: readonly string[] = [...this.specs.keys()], force = false) {
    this.#runs += 1;
    const run = `run ${this.#runs}`;
    const plan = resolvePlan(this.graph, await this.state(), { keys, force, config: {}, run }, hash);
    const ran: string[] = [];
    const blocked: string[] = [];
    for (const batch of plan.batches) {
      for (const { step, decision } of decideBatch(plan, batch, await this.#catalog.latest(), hash)) {
        if (decision.action === 'reuse') continue;
        const head = {
          asset: step.key,
          partition: step.partition,
          run,
          recorded_at: '2025-01-01T00:00:00.000Z',
        };
        if (decision.action === 'blocked') {
          blocked.push(step.id);
          const { reasons } = decision;
          await this.#catalog.append([
            { ...head, id: `${run} ${step.id} blocked`, kind: 'blocked', reasons },
          ]);
          continue;
        }
        ran.push(step.id);
        await this.#catalog.append(await this.#make(step, run, head));
      }
    }
    return { ran, blocked };
  }

  async #make(step: PlannedStep, run: string, head: Omit<AssetEvent, 'id' | 'kind'>): Promise<AssetEvent[]> {
    const spec = this.specs.get(step.key);
    if (spec === undefined) throw new TypeError(step.key);
    const latest = new Map(
      (await this.#catalog.latest()).map((state) => [stepId(state.asset, state.partition), state]),
    );
    const inputs = step.inputs.map((input) => ({
      asset: input.key,
      partition: input.partition,
      data_version:
        this.sources.get(input.id) ?? latest.get(input.id)?.materialization?.data_version ?? 'not there',
    }));
    const fingerprint = fingerprintOf(
      {
        asset: step.key,
        partition: step.partition,
        codeVersion: spec.codeVersion,
        configVersion: '',
        inputs,
      },
      hash,
    );
    const data_version =
      spec.versioning === 'fingerprint' ? fingerprint : this.#contentOf(step, spec, inputs);
    const events: AssetEvent[] = [
      {
        ...head,
        id: `${run} ${step.id}`,
        kind: 'materialization',
        fingerprint,
        code_version: spec.codeVersion,
        config_version: '',
        data_version,
        inputs,
        seconds: 0,
        metadata: {},
      },
    ];
    for (const { name, severity, blocking } of spec.checks)
      events.push({
        ...head,
        id: `${run} ${step.id} ${name}`,
        kind: 'check',
        check: name,
        passed: !this.failing.has(`${step.key} ${name}`) && !this.failing.has(`${step.id} ${name}`),
        severity,
        blocking,
        data_version,
        seconds: 0,
        metadata: {},
      });
    return events;
  }

  /** Names the data: code versions that differ in what follows a `#` alone, and inputs likewise, give the same data. */
  #contentOf(
    step: PlannedStep,
    spec: AssetSpec,
    inputs: readonly { readonly data_version: string }[],
  ): string {
    const essence = (text: string) => text.split('#')[0];
    const parts = inputs.map(({ data_version }) => essence(data_version));
    return hash(JSON.stringify([step.id, essence(spec.codeVersion), parts]));
  }
}
