/** Activity `validateSimulation`: from plain JSON to what is simulated, or a refusal that names the field. */
import { simulationRequest } from '../runs/request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
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
      const request = parseRequest(simulationRequest, input);
      const { spec, notices } = await resolveInputs(request, discreet(dependencies), signal);
      return { spec, notices };
    });
