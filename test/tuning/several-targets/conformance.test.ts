/** The tuner of several targets passes the conformance suite. */
import { loadSolver } from '../../../src/targets/highs.js';
import { describeSolver } from '../conformance/describe-solver.js';
import { manySolver } from '../conformance/many.js';

describeSolver(manySolver(await loadSolver()));
