import { normaliseSql } from '../../../../src/assets/graph/dbt/code-version.js';

test.each([
  ['a comment', 'select a -- the price\nfrom t', 'select a from t'],
  ['a block of comment', 'select /* the\nprice */ a from t', 'select a from t'],
  ['a comment of Jinja', 'select {# not -- this #} a from t', 'select a from t'],
  ['layout', 'select a,\n       b\nfrom   t', 'select a,b from t'],
  ['layout around operators', 'where a>=1', 'where a >= 1'],
])('%s does not count', (_, one, other) => {
  expect(normaliseSql(one)).toBe(normaliseSql(other));
});

test.each([
  ['a text that looks like a comment', "select '-- a'", "select '-- b'"],
  ['blanks in a text', "select 'a  b'", "select 'a b'"],
  ['a name in quotes', 'select "a  b"', 'select "a b"'],
  ['a text between dollars', 'select $$-- a$$', 'select $$-- b$$'],
  ['an escaped quote', String.raw`select E'it\'s -- a'`, String.raw`select E'it\'s -- b'`],
  ['a doubled quote', "select 'it''s -- a'", "select 'it''s -- b'"],
  ['a minus that is no comment', 'select a - - b', 'select a'],
  ['a number', 'select 1.5', 'select 15'],
  ['two words', 'select a b', 'select ab'],
])('%s counts', (_, one, other) => {
  expect(normaliseSql(one)).not.toBe(normaliseSql(other));
});
