/** Renders docs/errors.md from the error table, so that the two cannot differ. `node scripts/errors-reference.js` writes it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './set-up.js';

/**
 * Stands for any field in a message: prints as its name, whether the message takes it for a text or a list.
 * @param {string} name
 */
const placeholder = (name) => {
  const text = `‹${name}›`;
  return Object.assign(Object(text), { join: () => text });
};
const fields = new Proxy({}, { get: (_, name) => placeholder(String(name)) });

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param {Record<string, { exit: number, status: number, retryable: boolean, message: Function, hint: Function }>} errors */
export function errorsReference(errors) {
  const rows = Object.entries(errors)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(
      ([code, { exit, status, retryable, message, hint }]) =>
        `| \`${code}\` | ${exit} | ${status} | ${retryable ? 'yes' : 'no'} | ${cell(message(fields))} | ${cell(hint(fields))} |`,
    );
  return `# Errors

Every failure that meritloop explains, as the command line, the client, the workflow's failure and the API show it: stable code, exit code, HTTP status, whether trying again can help, what happened, and what to do next. Made from \`src/shared/errors/errors.ts\` by \`node scripts/errors-reference.js\`.

| Code | Exit | HTTP | Retried | What happened | What to do |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { ERRORS } = await import(path.join(PROJECT_ROOT, 'dist', 'shared', 'errors', 'errors.js'));
  writeFileSync(path.join(PROJECT_ROOT, 'docs', 'errors.md'), errorsReference(ERRORS));
}
