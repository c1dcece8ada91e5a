/** The check that finds plain objects asked for a word that somebody chose, on a small project and the real compiler. */
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { findWordsAsKeys } from '../../scripts/check/words-as-keys.js';
import { inFolder, PROJECT_ROOT, writeFiles } from './helpers/project.js';

const BROKEN = [
  'const read = (held: Record<string, string>, word: string) => held[word];',
  'const maybe = (held: Record<string, string> | undefined, word: string) => held?.[word];',
  'const write = (held: Record<string, string>, word: string) => { held[word] = word; };',
  'const count = (held: Record<string, number>, words: string[]) => { for (const word of words) held[word] = (own(held, word) ?? 0) + 1; };',
  'const known = (held: Readonly<Record<string, unknown>>, word: string) => word in held;',
  'const deep = (held: { readonly of: { [name: string]: string } }, word: { name: string }) => held.of[word.name];',
  'const text = (held: Record<string, string>, word: string) => held[String(word)];',
  'const built = (words: string[], word: string) => Object.fromEntries(words.map((one) => [one, one]))[word];',
];
const FINE = [
  'const list = (held: readonly string[], place: number) => held[place];',
  "const named = (held: Record<'a' | 'b', string>, name: 'a' | 'b') => held[name];",
  "const literal = (held: Record<string, string>) => held['a'];",
  'const year = (held: Record<string, number>, year: number) => held[String(year)];',
  'const byYear = (held: Record<number, string>, year: number) => held[year];',
  'const map = (held: Map<string, string>, word: string) => held.get(word);',
  'const looked = (held: Record<string, string>, word: string) => own(held, word);',
  "const has = (held: object) => 'a' in held;",
  'const letter = (held: string, place: number) => held[place];',
  'const shaped = (held: Record<string, string>, { [0]: first }: string[]) => ({ ...held, [first ?? ""]: 1 });',
];
const head =
  "import { own } from './own.js';\n/** é, 王: what is not ASCII moves no place. */\nvoid own;\nexport ";
const OWN =
  'export const own = <V>(held: Readonly<Record<string, V>>, word: string): V | undefined => new Map(Object.entries(held)).get(word);\n';

test('it finds every use of a word, and nothing else', () =>
  inFolder(async (root) => {
    await symlink(path.join(PROJECT_ROOT, 'node_modules'), path.join(root, 'node_modules'));
    const files = (kind: string, lines: readonly string[]) =>
      Object.fromEntries(lines.map((line, index) => [`src/${kind}-${index}.ts`, `${head}${line}\n`]));
    await writeFiles(root, {
      'tsconfig.json':
        '{"compilerOptions":{"strict":true,"noEmit":true,"skipLibCheck":true,"target":"es2023"}}',
      'package.json': '{"type":"module"}',
      'src/own.ts': OWN,
      ...files('broken', BROKEN),
      ...files('fine', FINE),
    });
    const found = await findWordsAsKeys(root, ['src']);
    expect(found.toSorted()).toEqual(BROKEN.map((_, index) => `src/broken-${index}.ts line 4`));
  }));
