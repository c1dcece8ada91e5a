/** How long planning takes: a thousand assets of ten years each, nothing recorded, all recorded, one input changed. */
import { createHash } from 'node:crypto';
import { defineAsset, dep } from '../src/assets/graph/asset.js';
import type { LatestState } from '../src/assets/graph/catalog-port.js';
import { createGraph } from '../src/assets/graph/graph.js';
import { previous } from '../src/assets/graph/mapping.js';
import { years } from '../src/assets/graph/partitions.js';
import { median, printTable } from './measure.js';
import { planAssets, type PlannedStep, type WorldState } from '../src/assets/graph/plan.js';

const ASSETS = 1000;
const plan = years(2025, 2034);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const graph = createGraph([
  defineAsset({ key: 'source', external: true, partitions: plan }),
  ...Array.from({ length: ASSETS }, (_, n) =>
    defineAsset({
      key: `a${n}`,
      partitions: plan,
      versioning: 'fingerprint',
      deps: [
        n === 0 ? 'source' : `a${n - 1}`,
        ...(n > 50 ? [`a${n - 50}`] : []),
        ...(n % 10 === 0 ? [dep(`a${n}`, previous())] : []),
      ],
    }),
  ),
]);
const keys = Array.from({ length: ASSETS }, (_, n) => `a${n}`);
const observed = (changed: string) =>
  Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [`source[${2025 + n}]`, n === 5 ? changed : 'first']),
  );
const empty: WorldState = { latest: [], observed: observed('first'), foreseen: {}, dynamic: {} };

function recorded(steps: readonly PlannedStep[]): LatestState[] {
  const versions = new Map(steps.map(({ id, version }) => [id, version ?? '']));
  return steps.map(({ key, partition, inputs, version = '' }) => ({
    asset: key,
    partition,
    observation: null,
    checks: [],
    attempt: null,
    materialization: {
      kind: 'materialization',
      id: '',
      asset: key,
      partition,
      run: 'r',
      recorded_at: '',
      fingerprint: version,
      code_version: '1',
      config_version: '',
      data_version: version,
      inputs: inputs.map((input) => ({
        asset: input.key,
        partition: input.partition,
        data_version: versions.get(input.id) ?? 'first',
      })),
      seconds: 0,
      metadata: {},
    },
  }));
}

function measure(label: string, world: WorldState) {
  const times: number[] = [];
  let steps: readonly PlannedStep[] = [];
  for (let round = 0; round < 7; round += 1) {
    const started = performance.now();
    steps = planAssets(graph, world, { keys, config: {} }, hash).steps;
    times.push(performance.now() - started);
  }
  const running = steps.filter(({ action }) => action === 'run').length;
  return { steps, cells: [label, `${median(times).toFixed(0)} ms`, `${running} of ${steps.length}`] };
}

export async function benchGraph(): Promise<void> {
  const rows: string[][] = [];
  const measured = (label: string, world: WorldState) => {
    const { steps, cells } = measure(label, world);
    rows.push(cells);
    return steps;
  };
  const latest = recorded(measured('nothing recorded', empty));
  measured('nothing changed', { ...empty, latest });
  measured('one year of the source changed', { ...empty, latest, observed: observed('second') });
  printTable(
    `Planning ${ASSETS} assets of ten years`,
    ['state', 'plan (median of 7)', 'steps that run'],
    rows,
  );
}
