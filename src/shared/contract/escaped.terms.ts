/** Words that somebody else chose, as text of a Markdown file, an SVG picture or a Mermaid chart: shown, never obeyed. */

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
