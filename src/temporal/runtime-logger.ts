/** Sends what Temporal's SDK and its native core log to the process's own logger. */
import { DefaultLogger, Runtime, makeTelemetryFilterString, type LogLevel } from '@temporalio/worker';
import type { Logger } from '../shared/log.js';

const PINO_LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Call it once per process, before any other use of a worker or a native connection.
 * @param shutdownSignals false where the caller handles SIGINT and SIGTERM itself
 */
export function installRuntime(
  logger: Logger,
  { shutdownSignals = true }: { readonly shutdownSignals?: boolean } = {},
): void {
  Runtime.install({
    logger: new DefaultLogger('INFO' satisfies LogLevel, ({ level, message, meta }) => {
      logger[PINO_LEVELS[level]](meta ?? {}, message);
    }),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
    ...(shutdownSignals ? {} : { shutdownSignals: [] }),
  });
}
