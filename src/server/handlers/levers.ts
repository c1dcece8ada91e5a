/** Answers the routes of levers. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/levers.js';

export const leverHandlers = () =>
  newApi()
    .openapi(routes.getScenarios, later)
    .openapi(routes.postScenario, later)
    .openapi(routes.getLevers, later)
    .openapi(routes.getLeverHistory, later)
    .openapi(routes.getCellHistory, later)
    .openapi(routes.getLeverDiff, later)
    .openapi(routes.validateLevers, later)
    .openapi(routes.publishLevers, later)
    .openapi(routes.rollbackLevers, later)
    .openapi(routes.exportLevers, later)
    .openapi(routes.previewImport, later)
    .openapi(routes.importLevers, later);
