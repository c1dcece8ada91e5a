/**
 * Finds plain objects that are asked for a word that somebody chose: `constructor` is found in every one of them. Where
 * an object with any string as key is read, written or asked by `in` with any string, the compiler is told to refuse it.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAst } from 'vite';
import { run } from '../command.js';

const FOLDERS = ['src', 'web/src'];
/** The one place that looks words up. */
const OWN = path.join('src', 'shared', 'own.terms.ts');
/** Under the root, so that packages are found. */
const COPY = path.join('.build', 'words-as-keys');
const MARK = 'WordAsKey';

/** A key that any string fits, of an object that has any string as key, is of a type that is no key. */
const DECLARATION = `
export interface ${MARK} { readonly 'use own(), a Map or a Set': never }
type IsList<Held> = Held extends readonly unknown[] | string ? true : false;
type Checked<Held, Key> = unknown extends Held ? Key
  : IsList<NonNullable<Held>> extends true ? Key
  : string extends keyof NonNullable<Held> ? (string extends Key ? ${MARK} : Key) : Key;
export declare function wordAsKey<Held, const Key>(held: Held, key: Key): Checked<Held, Key>;
`;

/**
 * @typedef {{ type: string, start: number, end: number } & Record<string, unknown>} Node
 * @typedef {{ at: number, text: string, until?: number }} Insertion
 */

/**
 * @param {string} root the project's folder
 * @returns {import('./tools.js').Check}
 */
export const wordsAsKeys = (root) => ({
  name: 'words as keys (no plain object is asked for a word that somebody chose)',
  async judge() {
    const found = await findWordsAsKeys(root);
    return { passed: found.length === 0, details: found.join('\n') };
  },
});

/**
 * @param {string} root
 * @param {readonly string[]} [folders]
 * @returns {Promise<string[]>} one line for each place
 */
export async function findWordsAsKeys(root, folders = FOLDERS) {
  const copy = path.join(root, COPY);
  await rm(copy, { recursive: true, force: true });
  try {
    await mkdir(copy, { recursive: true });
    await writeFile(path.join(copy, 'word-as-key.ts'), DECLARATION);
    await writeFile(path.join(copy, PROBE), PROBED);
    await writeFile(path.join(copy, 'tsconfig.json'), JSON.stringify(tsconfig(folders)));
    for (const file of await sourcesOf(root, folders)) await copyMarked(root, copy, file);
    const compiler = path.join(root, 'node_modules', 'typescript/bin/tsc');
    const { output } = await run(process.execPath, [compiler, '-p', copy, '--pretty', 'false'], {
      cwd: copy,
    });
    const refused = output.split('\n').filter((line) => line.includes(MARK));
    if (!refused.some((line) => line.startsWith(PROBE)))
      throw new Error(`the compiler looked at nothing: ${output}`);
    return refused.filter((line) => !line.startsWith(PROBE)).map(toldOf);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** That the compiler was asked at all is seen by its refusal of this. */
const PROBE = 'probe.ts';
const PROBED = `import { wordAsKey } from './word-as-key.js';
export const probe = (held: Record<string, string>, key: string) => held[wordAsKey(held, key)];
`;

/** @param {readonly string[]} folders */
const tsconfig = (folders) => ({
  extends: '../../tsconfig.json',
  compilerOptions: {
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    types: ['node', 'vite/client'],
  },
  include: [...folders, PROBE],
});

/**
 * @param {string} root
 * @param {readonly string[]} folders
 */
async function sourcesOf(root, folders) {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(path.join(root, folder), { recursive: true });
      return names.map((name) => path.join(folder, name));
    }),
  );
  return found.flat().filter((file) => /\.tsx?$/.test(file) && file !== OWN);
}

/**
 * @param {string} root
 * @param {string} copy
 * @param {string} file relative to the root
 */
async function copyMarked(root, copy, file) {
  const text = await readFile(path.join(root, file), 'utf8');
  const target = path.join(copy, file);
  await mkdir(path.dirname(target), { recursive: true });
  const steps = path.relative(path.dirname(target), path.join(copy, 'word-as-key.js'));
  const from = steps.startsWith('.') ? steps : `./${steps}`;
  const marked = withInsertions(text, insertionsOf(text, file.endsWith('x') ? 'tsx' : 'ts'));
  await writeFile(target, `import { wordAsKey } from '${from}'; ${marked}`);
}

/**
 * Around every key between brackets and before every `in`.
 * @param {string} text
 * @param {'ts' | 'tsx'} lang
 */
function insertionsOf(text, lang) {
  /** @type {Insertion[]} */
  const insertions = [];
  const around = (/** @type {Node} */ key, /** @type {Node} */ held) => {
    const begin = `wordAsKey((${text.slice(held.start, held.end)}), `;
    const number = textOf(key);
    // A number that was made text is no word that somebody chose: its own brackets close the question.
    if (number) insertions.push({ at: key.start, until: number.start, text: begin });
    else insertions.push({ at: key.start, text: begin }, { at: key.end, text: ')' });
  };
  visit(parseAst(text, { lang }), (node) => {
    const { object, property, left, right } = /** @type {Record<string, Node>} */ (node);
    if (node.type === 'MemberExpression' && node['computed'] === true && object && property)
      if (property.type !== 'Literal' && object.type !== 'Super') around(property, object);
    if (node.type === 'BinaryExpression' && node['operator'] === 'in' && left && right)
      if (left.type !== 'Literal' && left.type !== 'PrivateIdentifier') around(left, right);
  });
  return insertions;
}

/**
 * What is made text by `String(…)`.
 * @param {Node} node
 */
function textOf(node) {
  const { callee, arguments: given } = /** @type {{ callee?: { name?: string }, arguments?: Node[] }} */ (
    node
  );
  return node.type === 'CallExpression' && callee?.name === 'String' ? given?.[0] : undefined;
}

/**
 * @param {unknown} value
 * @param {(node: Node) => void} see
 */
function visit(value, see) {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && 'start' in value) see(/** @type {Node} */ (value));
  for (const child of Object.values(value)) visit(child, see);
}

/**
 * @param {string} text
 * @param {readonly Insertion[]} insertions
 */
function withInsertions(text, insertions) {
  // Where two stand at one place, an outer beginning comes before an inner one.
  const ordered = insertions.map((insertion, order) => ({ ...insertion, order }));
  ordered.sort((one, other) => one.at - other.at || one.order - other.order);
  let marked = '';
  let at = 0;
  for (const insertion of ordered) {
    marked += text.slice(at, insertion.at) + insertion.text;
    at = insertion.until ?? insertion.at;
  }
  return marked + text.slice(at);
}

/** @param {string} line such as `src/x.ts(3,14): error TS2538: …` */
const toldOf = (line) => `${line.slice(0, line.indexOf('('))} line ${/\((\d+),/.exec(line)?.[1]}`;
