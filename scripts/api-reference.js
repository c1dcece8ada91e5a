/** Renders docs/reference/api.md from the OpenAPI document, so that the two cannot differ. `node scripts/api-reference.js` writes it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './set-up.js';

/** @typedef {Record<string, any>} Json a part of the document */

/** @param {string | undefined} text */
const cell = (text) => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * `integer, 1–5`, `[Scenario](#scenario)[]`, `number or null`.
 * @param {Json} schema
 * @returns {string}
 */
function typeText(schema) {
  if (schema['$ref']) {
    const name = schema['$ref'].split('/').at(-1);
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema['enum']) return schema['enum'].map((/** @type {string} */ word) => `\`${word}\``).join(' ');
  const several = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'];
  if (several) return several.map(typeText).join(' or ');
  const types = [schema['type'] ?? 'any'].flat();
  return types.map((type) => oneType(type, schema)).join(' or ');
}

/**
 * @param {string} type
 * @param {Json} schema
 * @returns {string}
 */
function oneType(type, schema) {
  if (type === 'array') return schema['items'] ? `${typeText(schema['items'])}[]` : 'array';
  if (type === 'object' && schema['properties'])
    return `{ ${Object.entries(schema['properties'])
      .map(([name, property]) => `${name}: ${typeText(property)}`)
      .join(', ')} }`;
  if (type === 'object') return 'object';
  const low = schema['minimum'];
  const high = schema['maximum'];
  const bounded = type !== 'null' && type !== 'string' && low !== undefined && high !== undefined;
  return bounded && Math.abs(high) < Number.MAX_SAFE_INTEGER ? `${type} ${low}–${high}` : type;
}

/** @param {Json} schema */
const defaultText = (schema) =>
  schema['default'] === undefined ? '' : ` Default: \`${JSON.stringify(schema['default'])}\`.`;

/** @param {Json} operation */
function parametersTable(operation) {
  const rows = (operation['parameters'] ?? []).map(
    (/** @type {Json} */ { name, in: where, required, schema, description }) =>
      `| \`${name}\` | ${where}${required ? ', required' : ''} | ${cell(typeText(schema))} | ${cell(description)}${defaultText(schema)} |`,
  );
  return rows.length === 0
    ? ''
    : `\n| Parameter | In | Type | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** @param {Json | undefined} content */
const contentText = (content) =>
  Object.entries(content ?? {})
    .map(([type, { schema }]) => (type === 'application/json' ? typeText(schema) : `\`${type}\``))
    .join(', ');

/**
 * @param {string} address
 * @param {string} method
 * @param {Json} operation
 */
function operationText(address, method, operation) {
  const { requestBody } = operation;
  const answers = Object.entries(operation['responses'])
    .filter(([status]) => !/XX|500/.test(status))
    .map(([status, { description, content }]) => `- ${status} ${contentText(content)}: ${description}`);
  return `### ${method.toUpperCase()} ${address}

${operation['summary']}.${operation['description'] ? ` ${operation['description']}` : ''}
${parametersTable(operation)}${requestBody ? `\nBody: ${contentText(requestBody['content'])}\n` : ''}
${answers.join('\n')}
`;
}

/**
 * @param {string} name
 * @param {Json} schema
 */
function schemaText(name, schema) {
  const required = schema['required'] ?? [];
  const rows = Object.entries(schema['properties'] ?? {}).map(
    ([key, property]) =>
      `| \`${key}\`${required.includes(key) ? '' : ' (optional)'} | ${cell(typeText(property))} | ${cell(property.description)}${cell(defaultText(property))} |`,
  );
  return `### ${name}\n\n| Field | Type | Meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** @param {Json} document an OpenAPI document */
export function apiReference(document) {
  /** @type {Map<string, string[]>} */
  const byTag = new Map();
  for (const [address, operations] of Object.entries(document['paths']))
    for (const [method, operation] of Object.entries(operations)) {
      const [tag] = operation['tags'];
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationText(address, method, operation)]);
    }
  const sections = [...byTag].map(([tag, texts]) => `## ${tag}\n\n${texts.join('\n')}`);
  const schemas = Object.entries(document['components'].schemas)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => schemaText(name, schema));
  return `# HTTP API

${document['info'].description} Any route may answer 4xx or 5xx with a [Problem](#problem); docs/errors.md lists the codes. The document in OpenAPI 3.1 is at \`/openapi.json\` of \`meritloop ui\`. Made from the route definitions by \`node scripts/api-reference.js\`.

${sections.join('\n')}
## Schemas

${schemas.join('\n')}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { apiDocument } = await import(path.join(PROJECT_ROOT, 'dist', 'server', 'openapi.js'));
  writeFileSync(path.join(PROJECT_ROOT, 'docs', 'reference', 'api.md'), apiReference(apiDocument()));
}
