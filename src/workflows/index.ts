/** Every workflow type that a worker serves. */
export { automateAssets } from './automate-assets.js';
export { compensationOptimizationLoop } from './compensation-optimization-loop.js';
export { multiYearSimulation } from './multi-year-simulation.js';
export { optimizationGrid } from './optimization-grid.js';
export { optimizationResultsSummary } from './optimization-results-summary.js';
export { materializeAssets } from './materialize-assets.js';
