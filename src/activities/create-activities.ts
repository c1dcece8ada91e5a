/** Every activity of a worker, tied to what it works on. */
import { explained } from './explain-failures.js';
import type { ActivityDependencies } from './ports.js';
import { proposeLevers } from './propose-levers.js';
import { publishLevers } from './publish-levers.js';
import { recordMaterialization } from './record-materialization.js';
import { saveFailure, saveResult } from './save-result.js';
import { loadSimulationResults, runMultiYearSimulation } from './simulate.js';
import { readLatestRun, writeSummaryReport } from './summary-report.js';
import { updateParameters } from './update-parameters.js';
import { validateRequest } from './validate-request.js';

export type Activities = ReturnType<typeof createActivities>;

/** The names are part of the product: they stand in workflows' histories and in Temporal's web page. */
export function createActivities(dependencies: ActivityDependencies) {
  const { logger } = dependencies;
  return {
    validateRequest: explained(validateRequest(dependencies), logger),
    updateParameters: explained(updateParameters(dependencies), logger),
    runMultiYearSimulation: explained(runMultiYearSimulation(dependencies), logger),
    loadSimulationResults: explained(loadSimulationResults(dependencies), logger),
    proposeLevers: explained(proposeLevers(dependencies), logger),
    publishLevers: explained(publishLevers(dependencies), logger),
    recordMaterialization: explained(recordMaterialization(dependencies), logger),
    saveResult: explained(saveResult(dependencies), logger),
    saveFailure: explained(saveFailure(dependencies), logger),
    readLatestRun: explained(readLatestRun(dependencies), logger),
    writeSummaryReport: explained(writeSummaryReport(dependencies), logger),
  };
}
