/** docs/errors.md says what the error table says. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorsReference } from '../../scripts/errors-reference.js';
import { loadConfig } from '../../src/config.js';
import { ERRORS } from '../../src/shared/errors/errors.js';

test('docs/errors.md is made from the table (node scripts/errors-reference.js)', async () => {
  const written = await readFile(path.join(loadConfig().projectRoot, 'docs', 'errors.md'), 'utf8');
  expect(written).toBe(errorsReference(ERRORS));
});
