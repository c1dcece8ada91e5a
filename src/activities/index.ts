/** Every activity of a worker, tied to what it works on. */
import { assetHostOf } from '../assets/product/asset-host.js';
import { evaluateAutomation } from '../assets/automation/evaluate.activities.js';
import { explained } from '../temporal/explain-failures.js';
import { planGrid, readGridCell, saveGrid } from '../grids/grid.activities.js';
import { whileBeating } from '../temporal/heartbeat.js';
import { materializeActivities } from '../assets/materialize.activities.js';
import type { ActivityDependencies } from '../ports.js';
import { notifyApprovers } from '../runs/notify-approvers.activities.js';
import { proposeLevers } from '../runs/propose-levers.activities.js';
import { publishLevers } from '../levers/publish-levers.activities.js';
import { recordMaterialization } from '../assets/record-materialization.activities.js';
import { sendAlert } from '../assets/send-alert.activities.js';
import { saveFailure, saveResult } from '../runs/save-result.activities.js';
import { loadSimulationResults, runMultiYearSimulation } from '../simulation/simulate.activities.js';
import { readLatestRun, writeSummaryReport } from '../runs/summary-report.activities.js';
import { updateParameters } from '../levers/update-parameters.activities.js';
import { verifyDecision } from '../runs/verify-decision.activities.js';
import { validateRequest } from '../runs/validate-request.activities.js';
import { validateSimulation } from '../simulation/validate-simulation.activities.js';

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
    verifyDecision: brief(verifyDecision(dependencies)),
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
