/** Cuts a selection into tokens, each with its place in the text. */
import { failure } from '../../../shared/errors/errors.js';

export type TokenKind = 'word' | 'text' | '(' | ')' | ':' | '=' | ',' | '+' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** From 1. */
  readonly position: number;
  /** True: nothing stands between it and the token before. */
  readonly attached: boolean;
}

const WORD = /[^\s()"':=,+]/;
const SIGNS: ReadonlySet<string> = new Set(['(', ')', ':', '=', ',', '+']);

/** @throws MeritloopError SELECTION_INVALID where a quote is not closed */
export function tokenize(selection: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (kind: TokenKind, text: string, end: number) => {
    tokens.push({ kind, text, position: at + 1, attached: at > 0 && !/\s/.test(selection[at - 1] ?? ' ') });
    at = end;
  };
  while (at < selection.length) {
    const sign = selection[at] ?? '';
    if (/\s/.test(sign)) at += 1;
    else if (SIGNS.has(sign)) add(sign as TokenKind, sign, at + 1);
    else if (sign === '"' || sign === "'") {
      const end = selection.indexOf(sign, at + 1);
      if (end < 0) throw wrong(selection, at + 1, `the quote ${sign} is not closed`);
      add('text', selection.slice(at + 1, end), end + 1);
    } else {
      let end = at;
      while (end < selection.length && WORD.test(selection[end] ?? '')) end += 1;
      add('word', selection.slice(at, end), end);
    }
  }
  add('end', '', at);
  return tokens;
}

export const wrong = (selection: string, position: number, problem: string) =>
  failure('SELECTION_INVALID', { selection, position, problem });
