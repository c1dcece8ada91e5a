/** Limits come from a file or the request; a bad one is refused with source, field, value and rule. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLimits } from '../../src/targets/read-limits.js';

const YEARS = { first: 2025, last: 2027 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-limits-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(text: string) {
  const file = path.join(folder, 'limits.json');
  await writeFile(file, text);
  return readLimits(file, YEARS);
}

test('a file may be a list, or a document with the key limits', async () => {
  const limits = [{ parameter_name: 'cola_rate', years: '2026-2029', frozen: true }];
  expect(await read(JSON.stringify(limits))).toEqual(limits);
  expect(await read(JSON.stringify({ limits }))).toEqual(limits);
});

test.each([
  ['[{"parameter_name": "bonus"}]', 'limits.0.parameter_name = bonus: must be one of merit_base'],
  ['[{"parameter_name": "cola_rate", "high": 0.2}]', 'limits.0.high = 0.2: must not be above the hard range'],
  [
    '[{"parameter_name": "cola_rate", "years": "2028-2029"}]',
    'limits.0.years = 2028-2029: must be a plan year',
  ],
  ['{"limit": []}', 'limits = nothing: must be an array'],
  ['not JSON', 'limits.json'],
])('%s is refused', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('a file that is not there is named', async () => {
  await expect(readLimits(path.join(folder, 'none.json'), YEARS)).rejects.toMatchObject({
    code: 'FILE_MISSING',
    fields: { source: 'limits' },
  });
});
