/** Answers the routes of simulations. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/simulations.js';

export const simulationHandlers = () =>
  newApi()
    .openapi(routes.startSimulation, later)
    .openapi(routes.getJobs, later)
    .openapi(routes.getJob, later)
    .openapi(routes.followJob, later)
    .openapi(routes.cancelJob, later)
    .openapi(routes.getSimulations, later)
    .openapi(routes.getSimulation, later)
    .openapi(routes.getProvenance, later);
