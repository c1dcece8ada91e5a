/** Work at the same time that is over as a whole: when it fails, nothing of it runs any more. */
import type { PlanModel } from '../model/plan.js';

/** Like Promise.all, but a failure is thrown only when nothing runs any more: what they work on may then go away. */
export async function allDone<Result>(work: Iterable<Promise<Result>>): Promise<Result[]> {
  const promises = [...work];
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/**
 * Runs models of a plan, each as soon as those that it reads are done.
 * @param models in dependency order; what they read outside of these counts as done. Rejects when all have settled.
 */
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
