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

export function createOutput(json: boolean, { stdout, stderr }: Streams): Output {
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
      stdout.write(json ? `${JSON.stringify(document)}\n` : `${render(style)}\n`);
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

/** A line that wraps would break the erasing of it; one that is cut loses its colours. */
function shorten(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length < columns ? line : plain.slice(0, columns - 1);
}
