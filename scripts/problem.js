/** A failure that a script explains: what happened, what to do next and the exit code (the same codes as the command line). */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A missing tool, an unreachable network or a held lock. */
export const ENVIRONMENT_EXIT = 6;

export class ScriptProblem extends Error {
  /**
   * @param {string} message
   * @param {{ hint?: string, exitCode?: number, cause?: unknown }} [details]
   */
  constructor(message, { hint = '', exitCode = 1, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ScriptProblem';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

const MORE_FILES =
  'Raise the limit with `ulimit -n 1024` in the same shell, then run the same command again.';

/** @param {unknown} error */
const isOutOfFiles = (error) =>
  error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');

/**
 * Runs a script to its end and turns what it throws into lines on stderr and an exit code.
 * @param {() => Promise<number>} main returns the exit code
 * @returns {Promise<number>}
 */
export async function exitCodeOf(main) {
  try {
    return await main();
  } catch (error) {
    if (isOutOfFiles(error)) {
      // Met while modules are loaded, before the command line can explain anything.
      process.stderr.write(`FILE_SYSTEM too many open files\n  next: ${MORE_FILES}\n`);
      return ENVIRONMENT_EXIT;
    }
    if (!(error instanceof ScriptProblem)) throw error;
    process.stderr.write(`error: ${error.message}\n${error.hint === '' ? '' : `hint: ${error.hint}\n`}`);
    return error.exitCode;
  }
}

/**
 * True when the module of `url` is what `node` was asked to run.
 * @param {string} url the module's `import.meta.url`
 */
export function isMain(url) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(url);
}
