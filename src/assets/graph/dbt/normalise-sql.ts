/** SQL without comments and layout, so that neither makes anything run again. What stands in quotes stays as it is. */

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
