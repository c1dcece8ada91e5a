/** `results`: the yearly results of a stored simulation, filtered by detailed status. */
import { optimizationRequest } from '../../runs/request.contract.js';
import { growthByYear } from '../../tuning/measure.js';
import type { Handler } from '../context.js';
import { renderResults, resultTable } from './render-results.js';
import { readRequest } from '../request-options.js';
import { findSimulation } from './stored-simulation.js';

const choiceSchema = optimizationRequest.pick({ statuses: true, metric: true });

export const results: Handler = async ({ config, output, cwd }, { args, options }) => {
  const choice = readRequest(choiceSchema, options, cwd);
  const { summary, folder } = await findSimulation(config, args[0]);
  const growth = growthByYear(summary, choice);
  const table = resultTable(summary, choice, growth, folder);
  output.show(table, (style) => renderResults(table, style));
  return 0;
};
