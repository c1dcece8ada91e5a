/** Answers the routes of schedules. */
import { later, newApi } from '../api.js';
import * as routes from '../routes/schedules.js';

export const scheduleHandlers = () =>
  newApi()
    .openapi(routes.getSchedules, later)
    .openapi(routes.postSchedule, later)
    .openapi(routes.getSchedule, later)
    .openapi(routes.pauseSchedule, later)
    .openapi(routes.resumeSchedule, later)
    .openapi(routes.triggerSchedule, later)
    .openapi(routes.deleteSchedule, later);
