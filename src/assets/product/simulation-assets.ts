/** The simulation's assets: every dbt model and seed by simulated year, every invariant a check. */
import type { AssetSpec } from '../graph/asset.js';
import { dbtAssets } from '../graph/dbt/dbt-assets.js';
import type { DbtManifest, DbtNode } from '../graph/dbt/manifest.js';
import { all, previous, same } from '../graph/mapping.js';
import type { Years } from '../graph/partitions.js';
import { stepId } from '../graph/steps.js';
import { isOfYears, type Plan } from '../../simulation/model/plan.js';
import type { ModelVersion } from '../../simulation/simulator.js';
import { STATE_ASSETS } from './inputs.js';
import { hash } from '../record-steps.js';
import { own } from '../../shared/own.terms.js';

export const SIMULATION = 'simulation';
const PRECEDING_YEAR = 'preceding_year';

/** A model is made by year where its rows differ by year; the state of the year before closes the circle. */
export function simulationAssets(manifest: DbtManifest, plan: Plan, years: Years): AssetSpec[] {
  const models = new Map(plan.models.map((model) => [model.name, model]));
  const partitionsOf = ({ name }: DbtNode): Years | null => {
    const model = models.get(name);
    return model !== undefined && isOfYears(model) ? years : null;
  };
  return dbtAssets(manifest, {
    hash,
    computation: { name: SIMULATION },
    partitionsOf,
    mappingOf: (reader, input) =>
      partitionsOf(reader) === null && partitionsOf(input) !== null ? all : same,
    sourceOf: ({ source_name, name }) =>
      source_name === PRECEDING_YEAR
        ? { key: name, mapping: previous() }
        : { key: own(STATE_ASSETS, name) ?? name, mapping: same },
    pool: SIMULATION,
    // One simulation makes them all, in seconds.
    automation: { kind: 'eager' },
  });
}

/** What the engine says that each model would come out as, by step. */
export const foreseenVersions = (versions: readonly ModelVersion[]): Record<string, string> =>
  Object.fromEntries(
    versions.map(({ model, year, version }) => [stepId(model, year === null ? null : String(year)), version]),
  );
