/** Every strategy passes the conformance suite in every target mode. */
import { STRATEGIES, TARGET_MODES } from '../../src/runs/request.contract.js';
import { describeSolver } from './conformance/describe-solver.js';
import { tunerOf } from './conformance/tuner.js';

for (const mode of TARGET_MODES) {
  for (const strategy of STRATEGIES) describeSolver(tunerOf(strategy, mode));
}
