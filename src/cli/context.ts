/** What every command gets: the parsed configuration, a logger on stderr and its output. */
import type { Command } from 'commander';
import { LOG_LEVELS, loadConfig, type Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { createLogger, type Logger } from '../shared/log.js';
import { createOutput, type Output, type Streams } from './output.js';

export interface CliContext {
  readonly config: Config;
  readonly logger: Logger;
  readonly output: Output;
  /** Relative paths of the command line are taken from here. */
  readonly cwd: string;
}

/** The options that may stand anywhere on the command line. */
export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly logLevel?: string;
}

/** A command's work; the number is the exit code. */
export type Handler = (context: CliContext, input: CommandInput) => Promise<number>;

/** Gives a command of the tree its work, which is loaded only when the command is called. */
export type Perform = (command: Command, load: () => Promise<Handler>) => Command;

export interface CommandInput {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** @throws MeritloopError REQUEST_INVALID naming the option or the variable. */
export function createContext(options: GlobalOptions, streams: Streams, cwd: string): CliContext {
  const { home, json = false, logLevel } = options;
  if (logLevel !== undefined && !LOG_LEVELS.some((level) => level === logLevel)) {
    throw failure('REQUEST_INVALID', {
      source: 'command line',
      field: '--log-level',
      value: logLevel,
      rule: `must be one of ${LOG_LEVELS.join(', ')}`,
    });
  }
  if (home === '') {
    throw failure('REQUEST_INVALID', {
      source: 'command line',
      field: '--home',
      value: '""',
      rule: 'must not be empty',
    });
  }
  const config = loadConfig({ home, logLevel }, process.env, cwd);
  const output = createOutput(json, streams);
  const logger = createLogger(config, { write: (line) => output.log(line.trimEnd()) });
  return { config, logger, output, cwd };
}
