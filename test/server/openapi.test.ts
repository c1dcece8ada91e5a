/** The OpenAPI document changes only on purpose, and docs/reference/api.md says what it says. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { apiReference } from '../../scripts/api-reference.js';
import { loadConfig } from '../../src/config.js';
import { apiDocument } from '../../src/server/openapi.js';

test('the document is the one that was reviewed (jest -u takes over a change)', () => {
  expect(apiDocument()).toMatchSnapshot();
});

test('docs/reference/api.md is made from it (node scripts/api-reference.js)', async () => {
  const written = await readFile(path.join(loadConfig().projectRoot, 'docs', 'reference', 'api.md'), 'utf8');
  expect(written).toBe(apiReference(apiDocument()));
});
