/** What a command says: one JSON document or text on stdout, progress and logs on stderr. */
import { stripVTControlCharacters } from 'node:util';
import { createStyle, type Style } from './render/style.js';

/** The streams of a process, or stand-ins of a program that embeds the command line. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

export interface Output {
  readonly json: boolean;
  /** Colours of stdout; plain where it is no terminal. */
  readonly style: Style;
  /** Colours of stderr. */
  readonly errorStyle: Style;
  /** The command's answer: the document under --json, else the text made by `render`. Called once. */
  show(document: unknown, render: (style: Style) => string): void;
  /** A line between progress and answer for people only: where to look, what to do next. */
  note(line: string): void;
  /** A line on stderr; a live progress view makes way for it. */
  log(line: string): void;
  /** Draws over the lines drawn before, on a terminal only; an empty list clears them. */
  draw(lines: readonly string[]): void;
  /** True where `draw` shows anything. */
  readonly live: boolean;
}

/** What a terminal that does not tell its width is taken to have. */
const DEFAULT_COLUMNS = 80;

/** Whose answer it is: names it in every document, and in every text of which a reader could wonder. */
export interface Owner {
  readonly name: string;
  readonly version: number | undefined;
  /** The line above a text; undefined where none is needed. */
  readonly line: string | undefined;
}

export function createOutput(json: boolean, { stdout, stderr }: Streams, owner?: Owner): Output {
  const style = createStyle(stdout.isTTY === true);
  const live = stderr.isTTY === true;
  let drawn: readonly string[] = [];
  const erase = (): string => (drawn.length === 0 ? '' : `\u001B[${drawn.length}A\r\u001B[0J`);
  const below = (): string => drawn.map((line) => `${line}\n`).join('');
  return {
    json,
    style,
    errorStyle: createStyle(live),
    live,
    show(document, render) {
      const line = owner?.line === undefined ? '' : `${style.dim(owner.line)}\n`;
      stdout.write(json ? `${JSON.stringify(owned(document, owner))}\n` : `${line}${render(style)}\n`);
    },
    note(line) {
      if (!json) stdout.write(`${line}\n`);
    },
    log(line) {
      stderr.write(`${erase()}${line}\n${below()}`);
    },
    draw(lines) {
      if (!live) return;
      const before = erase();
      drawn = lines.map((line) => shorten(line, stderr.columns || DEFAULT_COLUMNS));
      stderr.write(before + below());
    },
  };
}

/** The document's own words win: a document about a company names it itself. */
function owned(document: unknown, owner: Owner | undefined): unknown {
  if (owner === undefined || typeof document !== 'object' || document === null || Array.isArray(document))
    return document;
  return { company: owner.name, company_version: owner.version ?? null, ...document };
}

/** A line that wraps would break the erasing of it; one that is cut loses its colours. */
function shorten(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length < columns ? line : plain.slice(0, columns - 1);
}
