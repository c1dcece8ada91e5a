/** Answers the routes of censuses. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/censuses.js';

export const censusHandlers = () =>
  newApi()
    .openapi(routes.getCensuses, later)
    .openapi(routes.uploadCensus, later)
    .openapi(routes.getCensus, later);
