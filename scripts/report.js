/** Says on stderr what a script does, each line with the seconds since the start. */

const STILL_AT_IT_MS = 15_000;

/** @typedef {(message: string) => void} Say */

/**
 * @param {(line: string) => void} [write]
 * @returns {Say}
 */
export function reporter(write = (line) => process.stderr.write(line)) {
  const started = performance.now();
  return (message) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
    write(`[${seconds} s] ${message}\n`);
  };
}

/**
 * Announces a step, repeats it while it lasts, and says when it is done.
 * @template T
 * @param {Say} say
 * @param {string} what
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function during(say, what, step) {
  say(what);
  const timer = setInterval(() => say(`still ${what}`), STILL_AT_IT_MS);
  try {
    const result = await step();
    say(`done ${what}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
