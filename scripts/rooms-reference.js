/** Draws docs/reference/rooms.md from the modules' own imports: `node scripts/rooms-reference.js` writes it; dist/ must be built. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './set-up.js';

/** An import or a re-export that is loaded at run time, now or later. */
const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)['"](\.[^'"]+)['"]/gm;
const RIM = /\.(workflow|activities|client)\.js$/;
/** They are read everywhere, and would tie every room to every other. */
const EVERYWHERE = new Set(['shared', 'config', 'ports']);

/**
 * Rooms and what they load of each other.
 * @param {string} root the project's folder
 * @returns {Map<string, number>} imports by `from to`
 */
export function roomImports(root) {
  const dist = path.join(root, 'dist');
  const roomOf = (/** @type {string} */ file) => {
    const [first = '', ...rest] = path.relative(dist, file).split(path.sep);
    return rest.length === 0 ? first.replace(/\.js$/, '') : first;
  };
  /** @type {Map<string, number>} */
  const counts = new Map();
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && !file.startsWith('web') && file !== 'workflow-bundle.js')
    .map((file) => path.join(dist, file));
  for (const file of files) {
    if (RIM.test(file)) continue;
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const to = path.resolve(path.dirname(file), target);
      const edge = [roomOf(file), roomOf(to)];
      if (RIM.test(to) || edge[0] === edge[1] || edge.some((room) => EVERYWHERE.has(room))) continue;
      const key = edge.join(' ');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Map([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} root the project's folder */
export function roomsReference(root) {
  const edges = [...roomImports(root)].map(([key]) => {
    const [from, to] = key.split(' ');
    return `  ${from} --> ${to}`;
  });
  return `# Rooms and what they load of each other

Drawn from the compiled modules by \`node scripts/rooms-reference.js\`, beside what [ARCHITECTURE.md](../../ARCHITECTURE.md) draws by hand. An arrow is an import at run time, types left out. Left out too: the rim to Temporal (\`.workflow\`, \`.activities\`, \`.client\`), whose rules are checked file by file, and \`shared\`, \`config\` and \`ports\`, which every room may read.

\`\`\`mermaid
flowchart LR
${edges.join('\n')}
\`\`\`
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(path.join(PROJECT_ROOT, 'docs', 'reference', 'rooms.md'), roomsReference(PROJECT_ROOT));
