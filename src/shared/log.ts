/** The process's logger: JSON lines on stderr, so that stdout stays free for results. */
import { pino, type Logger } from 'pino';
import type { Config } from '../config.js';

export type { Logger } from 'pino';

/**
 * Log lines carry references and aggregates only, never an employee's row.
 * Written synchronously: nothing is lost when the process ends at once.
 */
export function createLogger(
  config: Pick<Config, 'logLevel'>,
  stream: { write(line: string): void } = process.stderr,
): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    stream,
  );
}
