/** Answers the routes of results. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/results.js';

export const resultHandlers = () =>
  newApi()
    .openapi(routes.getDefinitions, later)
    .openapi(routes.compareSimulations, later)
    .openapi(routes.getResults, later)
    .openapi(routes.getHeadcountBridge, later)
    .openapi(routes.getPayBridge, later)
    .openapi(routes.getDistribution, later)
    .openapi(routes.getRows, later)
    .openapi(routes.downloadRows, later)
    .openapi(routes.getTimeline, later)
    .openapi(routes.getSimulationLevers, later);
