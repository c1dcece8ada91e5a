/** Words that somebody else chose, as text of a Markdown file, an SVG picture, a Mermaid chart or a cell of a CSV file: shown, never obeyed. */

/** Control characters, which XML forbids and Markdown reads as ends of lines, and half characters. */
const UNSHOWN = /[\p{Cc}\p{Cs}\u2028\u2029]+/gu;
/** What Markdown gives a meaning. An underscore inside a word has none. */
const MARKDOWN = /[\\`*[\]<>#|~&!@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** Addresses that readers of Markdown make links of by themselves. */
const ADDRESS = /:(?=\/\/)|(?<=\bwww)\./giu;
/** At the beginning of a cell or line: a list, a rule or a heading. */
const LINE_START = /^[-+=:]|(?<=^\d+)[.)]/u;

/** As it is read again by whoever renders the file, without markup, links, images or HTML. */
export const markdownText = (text: string): string =>
  text
    .replaceAll(UNSHOWN, ' ')
    .replaceAll(MARKDOWN, String.raw`\$&`)
    .replaceAll(ADDRESS, String.raw`\$&`)
    .replace(LINE_START, String.raw`\$&`);

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** For elements and attributes of XML. */
export const xmlText = (text: string): string =>
  text.replaceAll(UNSHOWN, ' ').replaceAll(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign);

/** For a label between quotes; Mermaid has entities of its own, which begin with a hash. */
export const mermaidText = (text: string): string =>
  text
    .replaceAll(UNSHOWN, ' ')
    .replaceAll(/[^\p{L}\p{N} .,:_/@()-]/gu, (sign) => `#${sign.codePointAt(0) ?? 32};`);

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
