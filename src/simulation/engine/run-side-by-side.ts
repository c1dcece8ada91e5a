/** Runs models of a plan, each as soon as those that it reads are done. */
import { allDone } from './all-done.js';
import type { PlanModel } from '../model/plan.js';

/** @param models in dependency order; what they read outside of these counts as done. Rejects when all have settled. */
export async function runSideBySide(
  models: readonly PlanModel[],
  run: (model: PlanModel) => Promise<void>,
): Promise<void> {
  const running = new Map<string, Promise<void>>();
  for (const model of models) {
    const inputs = model.refs.flatMap((ref) => running.get(ref) ?? []);
    running.set(
      model.name,
      Promise.all(inputs).then(() => run(model)),
    );
  }
  await allDone(running.values());
}
