/** What the models of a plan read, directly or through others. Pure. */
import type { PlanModel } from './plan.js';

type Models = ReadonlyMap<string, PlanModel>;

/** True where `model` reads that source, itself or through others. */
export const readsSource = (models: Models, model: PlanModel, source: string): boolean =>
  model.sources.includes(source) ||
  model.refs.some((ref) => {
    const parent = models.get(ref);
    return parent !== undefined && readsSource(models, parent, source);
  });

/** Tables and views of the year that `model` reads, directly or through others, up to the kept ones. */
export function yearAncestors(models: Models, model: PlanModel): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const parent = models.get(name);
    if (parent === undefined || parent.materialized === 'incremental' || found.has(name)) return;
    if (parent.scope === 'year') found.add(name);
    parent.refs.forEach(visit);
  };
  model.refs.forEach(visit);
  return found;
}
