/** The inputs of a run that the commands under `assets` take as options. */
import { optimizationRequest } from '../../runs/request.contract.js';

/** What of a run's configuration has options of its own; `--config` gives the rest. */
export const assetInputs = optimizationRequest.pick({
  census: true,
  levers: true,
  scenario: true,
  years: true,
  seed: true,
});
