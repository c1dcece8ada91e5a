/** `npm run faults -- inputs [--seed N] [--inputs N]`: made-up inputs, counted by outcome; exits 1 where one is unexpected. */
import { parseArgs } from 'node:util';
import { tryInputs } from './inputs.js';

const { values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, inputs: { type: 'string', default: '20000' } },
});
const { counts, unexpected } = await tryInputs(Number(values.seed), Number(values.inputs));
for (const [kind, outcomes] of counts)
  for (const [outcome, count] of outcomes) process.stdout.write(`${kind} | ${outcome} | ${count}\n`);
for (const problem of unexpected) process.stdout.write(`UNEXPECTED ${problem}\n`);
process.exitCode = unexpected.length > 0 ? 1 : 0;
