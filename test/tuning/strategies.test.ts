/** Every strategy passes the conformance suite. */
import { STRATEGIES } from '../../src/contract/request.js';
import { describeStrategy } from './describe-strategy.js';

STRATEGIES.forEach(describeStrategy);
