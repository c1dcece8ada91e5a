/** JSON of others: any that is sound passes, whatever nests without end is refused before anything looks through it. */
import fc from 'fast-check';
import { parseJsonText } from '../../../src/shared/files/json-text.js';

test('what JSON.parse reads is read alike', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(parseJsonText(text)).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
  ['lists that never end', '['.repeat(65)],
])('100,000 levels of %s are refused', (_, text) => {
  expect(() => parseJsonText(text)).toThrow('it nests deeper than 64 levels');
});

test('brackets within text are no levels', () => {
  const text = JSON.stringify({ note: '[{"'.repeat(1000), back: '\\\\"' });
  expect(parseJsonText(text)).toEqual(JSON.parse(text));
});
