/** Every activity of a worker, tied to what it works on. */
import { assetHostOf } from './asset-host.js';
import { evaluateAutomation } from './evaluate-automation.js';
import { explained } from './explain-failures.js';
import { planGrid, readGridCell, saveGrid } from './grid.js';
import { whileBeating } from './heartbeat.js';
import { materializeActivities } from './materialize.js';
import type { ActivityDependencies } from './ports.js';
import { notifyApprovers } from './notify-approvers.js';
import { proposeLevers } from './propose-levers.js';
import { publishLevers } from './publish-levers.js';
import { recordMaterialization } from './record-materialization.js';
import { sendAlert } from './send-alert.js';
import { saveFailure, saveResult } from './save-result.js';
import { loadSimulationResults, runMultiYearSimulation } from './simulate.js';
import { readLatestRun, writeSummaryReport } from './summary-report.js';
import { updateParameters } from './update-parameters.js';
import { validateRequest } from './validate-request.js';
import { validateSimulation } from './validate-simulation.js';

export type Activities = ReturnType<typeof createActivities>;

/** The names are part of the product: they stand in workflows' histories and in Temporal's web page. */
export function createActivities(dependencies: ActivityDependencies) {
  const { logger } = dependencies;
  const brief = <Input, Output>(activity: (input: Input) => Promise<Output>) =>
    explained((input: Input) => whileBeating(() => activity(input)), logger);
  const host = assetHostOf(dependencies);
  const assets = materializeActivities(dependencies, host);
  return {
    planMaterialization: explained(assets.planMaterialization, logger),
    prepareWorkflow: brief(assets.prepareWorkflow),
    materializeBatch: explained(assets.materializeBatch, logger),
    materializeBatches: explained(assets.materializeBatches, logger),
    recordBatchFailure: brief(assets.recordBatchFailure),
    evaluateAutomation: explained(evaluateAutomation(dependencies, host), logger),
    validateRequest: explained(validateRequest(dependencies), logger),
    planGrid: explained(planGrid(dependencies), logger),
    readGridCell: brief(readGridCell(dependencies)),
    saveGrid: brief(saveGrid(dependencies)),
    validateSimulation: explained(validateSimulation(dependencies), logger),
    updateParameters: brief(updateParameters(dependencies)),
    runMultiYearSimulation: explained(runMultiYearSimulation(dependencies), logger),
    loadSimulationResults: brief(loadSimulationResults(dependencies)),
    proposeLevers: explained(proposeLevers(dependencies), logger),
    notifyApprovers: brief(notifyApprovers(dependencies)),
    sendAlert: brief(sendAlert(dependencies)),
    publishLevers: brief(publishLevers(dependencies)),
    recordMaterialization: brief(recordMaterialization(dependencies)),
    saveResult: brief(saveResult(dependencies)),
    saveFailure: brief(saveFailure(dependencies)),
    readLatestRun: brief(readLatestRun(dependencies)),
    writeSummaryReport: brief(writeSummaryReport(dependencies)),
  };
}
