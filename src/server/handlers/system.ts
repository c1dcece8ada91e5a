/** Answers the routes of system. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/system.js';

export const systemHandlers = () =>
  newApi()
    .openapi(routes.getHealth, later)
    .openapi(routes.getReadiness, later)
    .openapi(routes.getSession, later)
    .openapi(routes.getSettings, later);
