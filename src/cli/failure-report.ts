/** Any failure as the command line shows it: exit code, and code, message, hint and fields. */
import { CommanderError } from 'commander';
import { failure, MeritloopError, type ErrorFields } from '../shared/errors/errors.js';
import { environmentFailure } from '../shared/errors/explain.js';

export interface FailureReport {
  readonly exitCode: number;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly fields: ErrorFields;
  };
  /** For the log at level debug. */
  readonly stack: string | undefined;
}

/** @param command the words that were typed up to the subcommand, to point to its help. */
export function reportFailure(error: unknown, command: string): FailureReport {
  const { exitCode, code, message, hint, fields, stack } = explained(error, command);
  return { exitCode, error: { code, message, hint, fields }, stack };
}

function explained(error: unknown, command: string): MeritloopError {
  if (error instanceof MeritloopError) return error;
  if (error instanceof CommanderError) {
    const missing = error.code === 'commander.help';
    const problem = missing
      ? 'a command is missing'
      : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return failure('COMMAND_LINE_INVALID', { command, problem }, error);
  }
  const surroundings = environmentFailure(error, command);
  if (surroundings !== undefined) return surroundings;
  const unexpected = failure(
    'UNEXPECTED',
    { detail: error instanceof Error ? error.message : String(error) },
    error,
  );
  if (error instanceof Error && error.stack !== undefined) unexpected.stack = error.stack;
  return unexpected;
}
