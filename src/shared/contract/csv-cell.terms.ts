/** Text that a spreadsheet would run as a formula, as a cell of a CSV file that it only shows. */

/**
 * What begins a formula: = + - @ and their wide forms, also behind blanks or control characters that a spreadsheet
 * drops. Apostrophes count among those, so that a cell which has been written can be read back whatever it held.
 * It is understood by JavaScript and by DuckDB.
 */
export const FORMULA_START = String.raw`^(['\x{00}-\x{20}\x{A0}\x{FEFF}]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]|['\x{20}\x{A0}\x{FEFF}]*[\t\r\n])`;

const START = new RegExp(FORMULA_START.replaceAll(/\\x\{(\w+)\}/g, String.raw`\u{$1}`), 'u');

/** The text behind an apostrophe where a spreadsheet would run it; else as it is. For text alone: −5 is a number. */
export const csvCell = (text: string): string => (START.test(text) ? `'${text}` : text);

/** What {@link csvCell} was given. */
export const csvCellText = (cell: string): string =>
  cell.startsWith("'") && START.test(cell.slice(1)) ? cell.slice(1) : cell;
