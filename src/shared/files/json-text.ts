/** JSON that somebody else wrote: refused where it nests so deep that looking through it would exhaust the stack. */

/** No request, target file or token file nests more than ten levels. */
const DEEPEST = 64;

/** @throws SyntaxError for what is no JSON, or nests too deep */
export function parseJsonText(text: string): unknown {
  refuseDeep(text);
  return JSON.parse(text) as unknown;
}

/** @throws SyntaxError */
export function refuseDeep(text: string): void {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isQuoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > DEEPEST) throw new SyntaxError(`it nests deeper than ${DEEPEST} levels`);
  }
}
