/** The code version of a dbt node: its SQL without comments and layout, the macros behind it, and how it is stored. */
import type { Hash } from '../fingerprint.js';
import type { DbtManifest, DbtNode } from './manifest.js';
import { own } from '../../../shared/own.terms.js';

/** Compiled SQL has its macros in it; raw SQL counts together with the macros and ephemeral models that it uses. */
export function dbtCodeVersion(node: DbtNode, manifest: DbtManifest, hash: Hash): string {
  const { materialized, strategy, unique_key, column_types } = node.config;
  const stored = [node.resource_type, materialized, strategy, unique_key, column_types];
  const code =
    node.resource_type === 'seed'
      ? [node.checksum?.checksum ?? '']
      : node.compiled_code
        ? [normaliseSql(node.compiled_code)]
        : rawCode(node, manifest);
  return hash(JSON.stringify([...stored, ...code]));
}

function rawCode(node: DbtNode, manifest: DbtManifest): string[] {
  const { macros = {} } = manifest;
  const seen = new Set<string>();
  const visit = (id: string) => {
    const macro = own(macros, id);
    // dbt's own macros change with dbt, whose version is not the project's code.
    if (macro === undefined || seen.has(id) || isBuiltIn(macro.package_name)) return;
    seen.add(id);
    for (const other of macro.depends_on?.macros ?? []) visit(other);
  };
  for (const id of node.depends_on?.macros ?? []) visit(id);
  const ephemeral = (node.depends_on?.nodes ?? [])
    .map((id) => own(manifest.nodes, id))
    .filter((input) => input?.config.materialized === 'ephemeral');
  return [
    normaliseSql(node.raw_code ?? ''),
    ...[...seen].toSorted().map((id) => normaliseSql(own(macros, id)?.macro_sql ?? '')),
    ...ephemeral.flatMap((input) => (input === undefined ? [] : rawCode(input, manifest))),
  ];
}

const isBuiltIn = (packageName: string | undefined): boolean =>
  packageName === 'dbt' || (packageName?.startsWith('dbt_') ?? false);

/** In the order in which they are tried; only the first two are dropped. */
const TOKENS = new RegExp(
  [
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\{#[\s\S]*?(?:#\}|$)/, // comments of SQL and Jinja
    /\s+/,
    /[eE]'(?:[^'\\]|\\[\s\S]|'')*'?/, // a text with escapes
    /'(?:[^']|'')*'?/,
    /"(?:[^"]|"")*"?/,
    /`[^`]*`?/,
    /\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$/, // a text between dollars
    /[\w.$]+/,
    /[<>=!|&~^*/%@:?+-]/,
    /[\s\S]/,
  ]
    .map(({ source }) => `(?:${source})`)
    .join('|'),
  'gu',
);

const isDropped = (token: string): boolean => /^(?:--|\/\*|\{#|\s)/.test(token);
const isOperator = (token: string): boolean => /^[<>=!|&~^*/%@:?+-]$/.test(token);

/** Tokens with one blank between them; operators that touch each other stay together. */
export function normaliseSql(sql: string): string {
  const parts: string[] = [];
  let touches = false;
  for (const [token] of sql.matchAll(TOKENS)) {
    if (isDropped(token)) {
      touches = false;
      continue;
    }
    const operator = isOperator(token);
    if (operator && touches) parts.push(`${parts.pop() ?? ''}${token}`);
    else parts.push(token);
    touches = operator;
  }
  return parts.join(' ');
}
