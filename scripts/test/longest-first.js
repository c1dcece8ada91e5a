/** The order in which jest begins the test files: known to take long first, also where no earlier run left its times. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { SLOW_FILES } from './slow-files.js';

/** By require: its types say nothing of what an import would give. */
const { default: Sequencer } = /** @type {typeof import('@jest/test-sequencer')} */ (
  createRequire(import.meta.url)('@jest/test-sequencer')
);

/** @typedef {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} Tests */

/** @type {ReadonlyMap<string, number>} */
const PLACES = new Map(SLOW_FILES.map((name, place) => [`test/${name}.test.ts`, place]));

/** @param {Tests[number]} test */
const placeOf = ({ path: file, context }) =>
  PLACES.get(path.relative(context.config.rootDir, file).replaceAll(path.sep, '/')) ?? PLACES.size;

export default class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Tests} tests
   */
  async sort(tests) {
    const usual = await super.sort(tests);
    return usual.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
