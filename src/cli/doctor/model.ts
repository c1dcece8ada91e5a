/** Check of the dbt project: its plan is compiled, or compiles now. */
import type { Config } from '../../config.js';
import { MeritloopError } from '../../errors.js';
import { compilePlan } from '../../simulation/compile-plan.js';
import { fail, pass, type Finding } from './finding.js';

const CHECK = 'dbt plan';

export async function checkPlan(config: Config): Promise<Finding> {
  let compiled = false;
  try {
    const { models, checks } = await compilePlan(config, () => {
      compiled = true;
    });
    return pass(
      CHECK,
      `${models.length} models, ${checks.length} checks${compiled ? ', compiled just now' : ''}`,
    );
  } catch (error) {
    if (error instanceof MeritloopError) return fail(CHECK, error.message, error.hint);
    throw error;
  }
}
