/** A slice of the made-up inputs that `npm run faults -- inputs` tries by the thousand. */
import { tryInputs } from '../../bench/faults/inputs.js';

const INPUTS = 500;

test('made-up files, requests and words are taken, or refused with a code of the table; at least half are taken', async () => {
  const { counts, unexpected } = await tryInputs(1, INPUTS);
  expect(unexpected).toEqual([]);
  expect([...counts.keys()]).toEqual(['census file', 'lever file', 'target file', 'request', 'arguments']);
  const taken = [...counts.values()].reduce((sum, outcomes) => sum + (outcomes.get('taken') ?? 0), 0);
  expect(taken).toBeGreaterThanOrEqual(INPUTS / 2);
});
