/** Every workflow type that a worker serves. */
export { automateAssets } from '../assets/automation/automate-assets.workflow.js';
export { compensationOptimizationLoop } from '../runs/compensation-optimization-loop.workflow.js';
export { multiYearSimulation } from '../simulation/multi-year-simulation.workflow.js';
export { optimizationGrid } from '../grids/optimization-grid.workflow.js';
export { optimizationResultsSummary } from '../runs/optimization-results-summary.workflow.js';
export { materializeAssets } from '../assets/materialize-assets.workflow.js';
