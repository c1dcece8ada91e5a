/** Every activity of a worker, tied to what it works on; the code of each is loaded when it is first asked for. */
import { explained } from '../temporal/explain-failures.js';
import { whileBeating } from '../temporal/heartbeat.js';
import { once } from '../shared/once.js';
import type { ActivityDependencies } from '../ports.js';

export type Activities = ReturnType<typeof createActivities>;

/** The names are part of the product: they stand in workflows' histories and in Temporal's web page. */
export function createActivities(dependencies: ActivityDependencies) {
  const { logger } = dependencies;
  /** It heartbeats by itself. */
  const long = <Input, Output>(load: Load<Input, Output>) => explained(loaded(load), logger);
  const brief = <Input, Output>(load: Load<Input, Output>) => {
    const activity = loaded(load);
    return explained((input: Input) => whileBeating(() => activity(input)), logger);
  };
  const hostOfAssets = once(async () =>
    (await import('../assets/product/asset-host.js')).assetHostOf(dependencies),
  );
  const assets = once(async () =>
    (await import('../assets/materialize.activities.js')).materializeActivities(
      dependencies,
      await hostOfAssets(),
    ),
  );
  const grids = () => import('../grids/grid.activities.js');
  const simulations = () => import('../simulation/simulate.activities.js');
  const results = () => import('../runs/save-result.activities.js');
  const reports = () => import('../runs/summary-report.activities.js');
  return {
    planMaterialization: long(async () => (await assets()).planMaterialization),
    prepareWorkflow: brief(async () => (await assets()).prepareWorkflow),
    materializeBatch: long(async () => (await assets()).materializeBatch),
    materializeBatches: long(async () => (await assets()).materializeBatches),
    recordBatchFailure: brief(async () => (await assets()).recordBatchFailure),
    evaluateAutomation: long(async () =>
      (await import('../assets/automation/evaluate.activities.js')).evaluateAutomation(
        dependencies,
        await hostOfAssets(),
      ),
    ),
    validateRequest: long(async () =>
      (await import('../runs/validate-request.activities.js')).validateRequest(dependencies),
    ),
    planGrid: long(async () => (await grids()).planGrid(dependencies)),
    readGridCell: brief(async () => (await grids()).readGridCell(dependencies)),
    saveGrid: brief(async () => (await grids()).saveGrid(dependencies)),
    validateSimulation: long(async () =>
      (await import('../simulation/validate-simulation.activities.js')).validateSimulation(dependencies),
    ),
    updateParameters: brief(async () =>
      (await import('../levers/update-parameters.activities.js')).updateParameters(dependencies),
    ),
    runMultiYearSimulation: long(async () => (await simulations()).runMultiYearSimulation(dependencies)),
    loadSimulationResults: brief(async () => (await simulations()).loadSimulationResults(dependencies)),
    proposeLevers: long(async () =>
      (await import('../runs/propose-levers.activities.js')).proposeLevers(dependencies),
    ),
    verifyDecision: brief(async () =>
      (await import('../runs/verify-decision.activities.js')).verifyDecision(dependencies),
    ),
    notifyApprovers: brief(async () =>
      (await import('../runs/notify-approvers.activities.js')).notifyApprovers(dependencies),
    ),
    sendAlert: brief(async () =>
      (await import('../assets/send-alert.activities.js')).sendAlert(dependencies),
    ),
    publishLevers: brief(async () =>
      (await import('../levers/publish-levers.activities.js')).publishLevers(dependencies),
    ),
    recordMaterialization: brief(async () =>
      (await import('../assets/record-materialization.activities.js')).recordMaterialization(dependencies),
    ),
    saveResult: brief(async () => (await results()).saveResult(dependencies)),
    saveFailure: brief(async () => (await results()).saveFailure(dependencies)),
    readLatestRun: brief(async () => (await reports()).readLatestRun(dependencies)),
    writeSummaryReport: brief(async () => (await reports()).writeSummaryReport(dependencies)),
  };
}

type Load<Input, Output> = () => Promise<(input: Input) => Promise<Output>>;

const loaded = <Input, Output>(load: Load<Input, Output>): ((input: Input) => Promise<Output>) => {
  const activity = once(load);
  return async (input) => (await activity())(input);
};
