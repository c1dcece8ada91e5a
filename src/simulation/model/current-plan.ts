/** The plan of the project as it is now: an edited model or seed must not run under the fingerprint of the old one. */
import type { Config } from '../../config.js';
import { compilePlan, projectStamp } from './compile-plan.js';
import type { Plan } from './plan.js';

/** Looking at every file's date takes milliseconds; a trial takes a hundred. */
const LOOK_EVERY_MS = 1000;

export class CurrentPlan {
  readonly #config: Config;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #stamp = '';
  #plan: Promise<Plan> | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** @param onCompile called when dbt has to compile the project. */
  async get(onCompile: () => void): Promise<Plan> {
    if (this.#plan !== undefined && performance.now() - this.#lookedAt < LOOK_EVERY_MS) return this.#plan;
    const stamp = await projectStamp(this.#config);
    this.#lookedAt = performance.now();
    if (this.#plan === undefined || stamp !== this.#stamp) {
      const plan = compilePlan(this.#config, onCompile);
      this.#stamp = stamp;
      this.#plan = plan;
      // A failed compilation is tried again by the next simulation.
      plan.catch(() => {
        if (this.#plan === plan) this.#plan = undefined;
      });
    }
    return this.#plan;
  }
}
