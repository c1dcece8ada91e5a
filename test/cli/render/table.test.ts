/** Tables align by column and do not count colour codes as width. */
import { expect, test } from '@jest/globals';
import { createStyle, PLAIN } from '../../../src/cli/render/style.js';
import { left, renderTable, right } from '../../../src/cli/render/table.js';

const columns = [left('year'), right('closing'), right('growth')];

test('numbers stand to the right, text to the left, and no line ends in blanks', () => {
  const text = renderTable(
    [...columns, left('note')],
    [
      ['2025', '5,150', '4.31 %', ''],
      ['2026', '75', '-0.02 %', 'late'],
    ],
    PLAIN,
  );
  expect(text.split('\n')).toEqual([
    'year  closing   growth  note',
    '────  ───────  ───────  ────',
    '2025    5,150   4.31 %',
    '2026       75  -0.02 %  late',
  ]);
});

test('colours change no width', () => {
  const { bad } = createStyle(true);
  const rows = renderTable(columns, [['2025', bad('1'), '2']], PLAIN).split('\n');
  expect(rows[2]).toBe(`2025        ${bad('1')}       2`);
});

test('an empty table is its header', () => {
  expect(renderTable(columns, [], PLAIN)).toBe('year  closing  growth\n────  ───────  ──────');
});
