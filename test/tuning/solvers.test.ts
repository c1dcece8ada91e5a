/** Every strategy passes the conformance suite in every target mode, and where the box of bounds is searched. */
import { STRATEGIES, TARGET_MODES } from '../../src/runs/request.contract.js';
import { describeSolver } from './conformance/describe-solver.js';
import { tunerOf } from './conformance/tuner.js';

for (const mode of ['average', 'final-year'] as const) {
  for (const effects of ['measured', 'other'] as const)
    describeSolver(tunerOf('conservative', mode, { effects }));
}

for (const mode of TARGET_MODES) {
  for (const strategy of STRATEGIES) describeSolver(tunerOf(strategy, mode));
}
