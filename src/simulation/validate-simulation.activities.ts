/** Activity `validateSimulation`: from plain JSON to what is simulated, or a refusal that names the field. */
import { simulationRequest } from '../runs/request.contract.js';
import { brokenRule } from '../shared/contract/rule.contract.js';
import { failure } from '../shared/errors/errors.js';
import type { SimulationSpec } from './simulator.js';
import { discreet } from '../temporal/discreet.js';
import { whileBeating } from '../temporal/heartbeat.js';
import type { ActivityDependencies } from '../ports.js';
import { resolveInputs } from '../runs/resolve-inputs.js';

export interface CheckedSimulation {
  readonly spec: SimulationSpec;
  readonly notices: readonly string[];
}

export const validateSimulation =
  (dependencies: ActivityDependencies) =>
  (input: unknown): Promise<CheckedSimulation> =>
    whileBeating(async (_, signal) => {
      const parsed = simulationRequest.safeParse(input);
      if (!parsed.success)
        throw failure('REQUEST_INVALID', {
          source: 'request',
          ...brokenRule(simulationRequest, parsed.error, input),
        });
      const { spec, notices } = await resolveInputs(parsed.data, discreet(dependencies), signal);
      return { spec, notices };
    });
