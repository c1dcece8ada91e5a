import fc from 'fast-check';
import { isNobody, isSamePerson, isVisible } from '../../../src/shared/contract/person.terms.js';

test.each([
  ['ann', 'ANN', true],
  ['ann', '  Ann\t', true],
  ['ann lee', 'Ann   Lee', true],
  ['ann', 'a\u200Bnn', true],
  ['ann', '\uFEFFann', true],
  ['ann', 'ａｎｎ', true],
  ['ann lee', 'annlee', true],
  ['strauß', 'STRAUSS', true],
  ['οδος', 'ΟΔΟΣ', true],
  ...['\u200B', '\u3164', '\u115F', '\u2800', '\uFE0F', '\u034F', '\u0000', '\u{E0001}', '\u2028'].map(
    (hidden): [string, string, boolean] => ['ann', `a${hidden}nn${hidden}`, true],
  ),
  ['ann', 'ben', false],
  ['ann', 'anna', false],
  ['', 'ann', false],
])('%j and %j: %s', (one, other, same) => {
  expect(isSamePerson(one, other)).toBe(same);
  expect(isSamePerson(other, one)).toBe(same);
});

test('a name stays the same person in capitals, with blanks around it and with invisible characters inside', () => {
  const dressed = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/),
    before: fc.stringMatching(/^[ \t\u00A0]{0,3}$/),
    hidden: fc.constantFrom('', '\u200B', '\u200D', '\u00AD'),
  });
  const check = () =>
    fc.assert(
      fc.property(dressed, ({ name, before, hidden }) =>
        isSamePerson(name, `${before}${name.slice(0, 1)}${hidden}${name.slice(1).toUpperCase()}${before}`),
      ),
    );
  expect(check).not.toThrow();
});

test.each(['ann', 'Ann Lee', 'Łukasz', '王芳'])('%j is seen whole', (name) => {
  expect(isVisible(name)).toBe(true);
});

test.each(['', ' ', 'a\u200Bnn', '\u3164', 'ann\u2800', 'ann\u0000', 'ann\uFE0F', 'ann\u00A0lee'])(
  '%j hides something',
  (name) => {
    expect(isVisible(name)).toBe(false);
  },
);

test.each(['', ' ', '\u200B', '\t\u00A0', '\u3164', '\u115F\u2800', '\uFE0F', '\u034F', '\u0000'])(
  '%j is nobody',
  (name) => {
    expect(isNobody(name)).toBe(true);
  },
);
