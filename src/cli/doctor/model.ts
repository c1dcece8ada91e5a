/** Checks of the dbt project: its plan is compiled, or compiles now, and DuckDB takes every model. */
import type { Config } from '../../config.js';
import { compilePlan } from '../../simulation/model/compile-plan.js';
import { explainEngineFailure } from '../../simulation/engine/engine-failure.js';
import type { Plan } from '../../simulation/model/plan.js';
import { tryModels } from '../../simulation/engine/try-models.js';
import { fail, pass, type Finding } from './finding.js';

const PLAN = 'dbt plan';
const MODELS = 'Models';

export async function checkPlan(config: Config): Promise<Finding[]> {
  let compiled = false;
  let plan: Plan;
  try {
    plan = await compilePlan(config, () => {
      compiled = true;
    });
  } catch (error) {
    return [failed(PLAN, error)];
  }
  const { models, checks } = plan;
  const detail = `${models.length} models, ${checks.length} checks${compiled ? ', compiled just now' : ''}`;
  return [pass(PLAN, detail), await checkModels(config, plan)];
}

async function checkModels(config: Config, plan: Plan): Promise<Finding> {
  try {
    await tryModels(config, plan);
    return pass(MODELS, 'each ran on the sample company');
  } catch (error) {
    return failed(MODELS, error);
  }
}

function failed(check: string, error: unknown): Finding {
  const { message, hint } = explainEngineFailure('plan', 'the check of the models', error);
  return fail(check, message, hint);
}
