/** Answers the routes of runs. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/runs.js';

export const runHandlers = () =>
  newApi()
    .openapi(routes.startRun, later)
    .openapi(routes.getRuns, later)
    .openapi(routes.getRun, later)
    .openapi(routes.followRun, later)
    .openapi(routes.pauseRun, later)
    .openapi(routes.resumeRun, later)
    .openapi(routes.stopRun, later)
    .openapi(routes.cancelRun, later)
    .openapi(routes.approveRun, later)
    .openapi(routes.rejectRun, later)
    .openapi(routes.setMaxIterations, later)
    .openapi(routes.applyRun, later)
    .openapi(routes.getReport, later)
    .openapi(routes.getReportText, later);
