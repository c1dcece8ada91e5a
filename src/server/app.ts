/** The whole API. */
import { censusHandlers } from './handlers/censuses.js';
import { leverHandlers } from './handlers/levers.js';
import { resultHandlers } from './handlers/results.js';
import { runHandlers } from './handlers/runs.js';
import { scheduleHandlers } from './handlers/schedules.js';
import { simulationHandlers } from './handlers/simulations.js';
import { systemHandlers } from './handlers/system.js';
import { newApi } from './api.js';

export const createApp = () =>
  newApi()
    .route('/', systemHandlers())
    .route('/', leverHandlers())
    .route('/', censusHandlers())
    .route('/', simulationHandlers())
    .route('/', resultHandlers())
    .route('/', runHandlers())
    .route('/', scheduleHandlers());

/** For hono's typed client: `hc<AppType>(address)`. */
export type AppType = ReturnType<typeof createApp>;
