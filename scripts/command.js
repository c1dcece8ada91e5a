/** Runs a program in a process group of its own, so that an interrupted script leaves none of its processes behind. */
import { spawn } from 'node:child_process';
import { ScriptProblem } from './problem.js';

const SIGNALS = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });
const GRACE_MS = 3_000;

/**
 * @typedef {object} Outcome
 * @property {number | null} code null when a signal ended the program
 * @property {string} output what it wrote on stdout and stderr, unless shown
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, onStart?: (stop: () => void) => void }} [options]
 *   `show` hands the program our stdout and stderr; `onStart` gets a function that stops it with all that it started
 * @returns {Promise<Outcome>}
 * @throws {ScriptProblem} when we are interrupted meanwhile; an error with `code` ENOENT when there is no such program
 */
export async function run(program, args, { cwd, env = process.env, show = false, onStart } = {}) {
  /** @type {keyof typeof SIGNALS | undefined} */
  let interruptedBy;
  /** @type {NodeJS.Timeout | undefined} */
  let grace;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const stop = () => {
    signalGroup(child?.pid, 'SIGTERM');
    grace ??= setTimeout(() => signalGroup(child?.pid, 'SIGKILL'), GRACE_MS);
  };
  // Before the start, so that no signal finds the program running and nobody to stop it.
  const listeners = Object.keys(SIGNALS).map((name) => {
    const signal = /** @type {keyof typeof SIGNALS} */ (name);
    const listener = () => {
      interruptedBy = signal;
      stop();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  /** @type {Buffer[]} */
  const chunks = [];
  try {
    const running = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      detached: true,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    running.stdout?.on('data', (chunk) => chunks.push(chunk));
    running.stderr?.on('data', (chunk) => chunks.push(chunk));
    child = running;
    const code = await new Promise((resolve, reject) => {
      running.once('error', reject);
      // What the program left in its group would outlive it, and keep its output open.
      running.once('exit', () => signalGroup(running.pid, 'SIGKILL'));
      running.once('close', resolve);
      onStart?.(stop);
    });
    if (interruptedBy !== undefined) {
      throw new ScriptProblem(`interrupted by ${interruptedBy}`, {
        hint: 'Run the same command again: it begins anew with what is missing.',
        exitCode: SIGNALS[interruptedBy],
      });
    }
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    clearTimeout(grace);
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
}

/**
 * @param {number | undefined} pid the group's leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * The end of a program's output, for a message.
 * @param {string} output
 */
export const lastLines = (output, count = 12) => output.trimEnd().split('\n').slice(-count).join('\n');
