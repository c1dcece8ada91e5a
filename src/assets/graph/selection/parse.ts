/**
 * Parses a selection:
 *
 *     any    = both { ("or" | ",") both }
 *     both   = one { "and" one }
 *     one    = "not" one | layers
 *     layers = [[ number ] "+" { "+" }] primary ["+" { "+" } [ number ]]
 *     primary = "(" any ")" | ("roots" | "sinks") "(" any ")" | field ":" value ["=" value] | word | "*"
 */
import { tokenize, wrong, type Token, type TokenKind } from './tokens.js';

export const FIELDS = ['key', 'group', 'tag', 'kind', 'owner', 'status', 'column'] as const;
export type Field = (typeof FIELDS)[number];

export type Selection =
  /** A bare word: a key, perhaps with wildcards, or the old forms `*key` and `key*`. */
  | { readonly kind: 'word'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly field: Field;
      readonly value: string;
      readonly tagValue: string | null;
      readonly position: number;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Selection; readonly right: Selection }
  | { readonly kind: 'not'; readonly of: Selection }
  | { readonly kind: 'roots' | 'sinks'; readonly of: Selection }
  /** What `of` selects and the layers around it; 0: none on that side, infinity: all. */
  | { readonly kind: 'layers'; readonly up: number; readonly down: number; readonly of: Selection };

/** Far above what anybody writes, and below what would exhaust the stack. */
const MOST_PARTS = 4_000;
const DEEPEST = 200;

class Parser {
  readonly #selection: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #parts = 0;
  #depth = 0;

  constructor(selection: string) {
    this.#selection = selection;
    this.#tokens = tokenize(selection);
  }

  parse(): Selection {
    if (this.#next.kind === 'end') throw this.#fail('expected an asset key or a filter');
    const selection = this.#any();
    if (!this.#take('end')) throw this.#fail(`expected "and", "or" or the end, found ${this.#found}`);
    return selection;
  }

  #any(): Selection {
    let left = this.#both();
    while (this.#takeWord('or') || this.#take(',')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Selection {
    let left = this.#one();
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Selection {
    if (!this.#takeWord('not')) return this.#layers();
    return { kind: 'not', of: this.#deeper(() => this.#one()) };
  }

  #layers(): Selection {
    const up = this.#layersBefore();
    const of = this.#primary();
    const down = this.#layersAfter();
    return up === 0 && down === 0 ? of : { kind: 'layers', up, down, of };
  }

  #layersBefore(): number {
    const [number, sign] = [this.#next, this.#tokens[this.#at + 1]];
    if (number.kind === 'word' && /^\d+$/.test(number.text) && sign?.kind === '+' && sign.attached) {
      this.#at += 2;
      return Number(number.text);
    }
    return layersOf(this.#signs(false));
  }

  #layersAfter(): number {
    const signs = this.#signs(true);
    const number = this.#next;
    const counted = signs === 1 && number.kind === 'word' && number.attached;
    if (!counted || !/^\d+$/.test(number.text)) return layersOf(signs);
    this.#at += 1;
    return Number(number.text);
  }

  /** @param attached true: only plus signs right behind the preceding token */
  #signs(attached: boolean): number {
    let count = 0;
    while (this.#next.kind === '+' && (!attached || this.#next.attached)) {
      this.#at += 1;
      count += 1;
    }
    return count;
  }

  #primary(): Selection {
    const token = this.#next;
    this.#parts += 1;
    if (this.#parts > MOST_PARTS) throw this.#fail(`more than ${MOST_PARTS} parts`);
    const behind = this.#tokens[this.#at + 1]?.kind;
    if (this.#take('(')) return this.#inParentheses();
    if (token.kind === 'text') {
      this.#at += 1;
      return { kind: 'field', field: 'key', value: token.text, tagValue: null, position: token.position };
    }
    if (token.kind !== 'word' || isOperator(token))
      throw this.#fail(`expected an asset key or a filter, found ${this.#found}`);
    this.#at += 1;
    if (behind === ':') return this.#field(token);
    if (behind === '(' && (token.text === 'roots' || token.text === 'sinks')) {
      this.#at += 1;
      return { kind: token.text, of: this.#inParentheses() };
    }
    return { kind: 'word', text: token.text };
  }

  #inParentheses(): Selection {
    const of = this.#deeper(() => this.#any());
    if (!this.#take(')')) throw this.#fail(`expected ")", found ${this.#found}`);
    return of;
  }

  #deeper(parse: () => Selection): Selection {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#fail(`nested more than ${DEEPEST} deep`);
    const inner = parse();
    this.#depth -= 1;
    return inner;
  }

  #field(name: Token): Selection {
    const field = FIELDS.find((known) => known === name.text);
    if (field === undefined)
      throw wrong(
        this.#selection,
        name.position,
        `unknown filter ${name.text} (known: ${FIELDS.join(', ')})`,
      );
    this.#at += 1;
    const { position } = this.#next;
    const value = this.#value(field);
    const tagValue = field === 'tag' && this.#take('=') ? this.#value(field) : null;
    return { kind: 'field', field, value, tagValue, position };
  }

  #value(field: Field): string {
    const token = this.#next;
    if (token.kind !== 'word' && token.kind !== 'text')
      throw this.#fail(`expected a value of ${field}, found ${this.#found}`);
    this.#at += 1;
    return token.text;
  }

  get #next(): Token {
    return (
      this.#tokens[this.#at] ?? {
        kind: 'end',
        text: '',
        position: this.#selection.length + 1,
        attached: false,
      }
    );
  }

  get #found(): string {
    return this.#next.kind === 'end' ? 'the end' : `"${this.#next.text}"`;
  }

  #take(kind: TokenKind): boolean {
    const taken = this.#next.kind === kind;
    if (taken) this.#at += 1;
    return taken;
  }

  #takeWord(word: string): boolean {
    const taken = this.#next.kind === 'word' && this.#next.text.toLowerCase() === word;
    if (taken) this.#at += 1;
    return taken;
  }

  #fail(problem: string) {
    return wrong(this.#selection, this.#next.position, problem);
  }
}

const isOperator = ({ text }: Token): boolean => ['and', 'or', 'not'].includes(text.toLowerCase());

/** One plus is all layers; two or more, an old form, are as many layers. */
const layersOf = (signs: number): number => (signs === 1 ? Number.POSITIVE_INFINITY : signs);

/** @throws MeritloopError SELECTION_INVALID naming the position */
export const parseSelection = (selection: string): Selection => new Parser(selection).parse();
