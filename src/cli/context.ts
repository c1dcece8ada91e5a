/** What every command gets: the parsed configuration, a logger on stderr and its output. */
import type { Command } from 'commander';
import { companyConfig, companyInUse } from '../companies/company-config.js';
import { LOG_LEVELS, loadConfig, type Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { createLogger, type Logger } from '../shared/log.js';
import { createOutput, type Output, type Owner, type Streams } from './output.js';

export interface CliContext {
  /** It is that of the company which the command is about, or of the home where it is about its companies. */
  readonly config: Config;
  /** The company of `--company`, of MERITLOOP_COMPANY, or the one in use. */
  readonly company: string;
  readonly logger: Logger;
  readonly output: Output;
  /** Relative paths of the command line are taken from here. */
  readonly cwd: string;
}

/** The options that may stand anywhere on the command line. */
export interface GlobalOptions {
  readonly home?: string;
  readonly company?: string;
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

const ABOUT_COMPANIES = /^meritloop company\b/;
/** What they say is not about anybody's plan. */
const ABOUT_HOME = /^meritloop (company|census|server|worker|ui|doctor|gc|bench)\b/;
/** Their figures could be taken for those of one's own people. */
const ABOUT_PEOPLE = /^meritloop (optimize|simulate|impact|grid)\b/;

function ownerOf({ company: { name, version } }: Config, command: string): Owner {
  const sample = ABOUT_PEOPLE.test(command)
    ? `Company ${name}: levels and settings that meritloop brings, and its invented people where no census is named.`
    : undefined;
  return { name, version, line: version === undefined ? sample : `Company ${name}, version ${version}` };
}

/** @throws MeritloopError REQUEST_INVALID naming the option or the variable, COMPANY_UNKNOWN */
export function createContext(
  options: GlobalOptions,
  streams: Streams,
  cwd: string,
  command = '',
): CliContext {
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
  const own = loadConfig({ home, logLevel }, process.env, cwd);
  const company = options.company ?? own.useCompany ?? companyInUse(own.home);
  // They work, and help, also where the one in use is gone.
  const config = ABOUT_COMPANIES.test(command) ? own : companyConfig(own, company);
  const output = createOutput(json, streams, ABOUT_HOME.test(command) ? undefined : ownerOf(config, command));
  const logger = createLogger(config, { write: (line) => output.log(line.trimEnd()) });
  return { config, company, logger, output, cwd };
}
