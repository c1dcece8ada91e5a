/** Every strategy takes the bounds, stops and paths alike. */
import { STRATEGIES } from '../../../src/runs/request.contract.js';
import { describeStrategy } from './describe-strategy.js';

STRATEGIES.forEach(describeStrategy);
