/** Reads what dbt printed and keeps the part that says what went wrong, and in which model. */
import { failure, type MeritloopError } from '../errors.js';

const NOISE =
  /^\s*(\d\d:\d\d:\d\d)?\s*(Running with dbt|Registered adapter|Found |Concurrency|Unable to do partial|Done\.|$)/;

/** @param step the dbt command, e.g. `compile`. */
export function explainDbtFailure(step: string, output: string): MeritloopError {
  const lines = output
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\u001B\[[0-9;]*m/g, '')
        .replace(/^\d\d:\d\d:\d\d\s*/, '')
        .trimEnd(),
    )
    .filter((line) => !NOISE.test(line));
  const start = Math.max(
    0,
    lines.findIndex((line) => /Error|error|Failure/.test(line)),
  );
  return failure('DBT_FAILED', {
    step,
    detail: lines
      .slice(start, start + 6)
      .join(' ')
      .slice(0, 800),
  });
}
