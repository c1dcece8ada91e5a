/** What every command of a checkout begins with: what is missing is installed, and dist/ matches the sources. */
import { build } from './build.js';
import { reporter } from './report.js';
import { setUp } from './set-up.js';

/**
 * Says nothing when there is nothing to do.
 * @param {{ tests: boolean, page?: boolean, say?: import('./report.js').Say }} options `page`: the web page too
 */
export async function prepare({ tests, page = false, say = reporter() }) {
  await setUp({ tests, say });
  await build({ page, say });
}
