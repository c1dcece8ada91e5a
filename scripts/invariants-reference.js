/** Renders docs/model/invariants.md from the invariants' own descriptions: `node scripts/invariants-reference.js` writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { PROJECT_ROOT } from './set-up.js';

/** @param {string} root the project's folder */
export function invariantsReference(root) {
  const text = readFileSync(path.join(root, 'dbt', 'tests', '__invariants.yml'), 'utf8');
  /** @type {{ data_tests: { name: string, description: string }[] }} */
  const { data_tests: tests } = parse(text);
  const rows = tests.map(({ name, description }) => {
    const [, id = '', rule = ''] = /^([A-Z]+-\d+): (.*)$/s.exec(description.trim()) ?? [];
    return `| ${id} | ${rule.replaceAll('|', '\\|')} | \`${name}\` |`;
  });
  return `# Invariants

The rules that every result is checked against, on \`simulate\`, on the baseline and on the kept trial; a violated one means that nothing is stored. Each is a dbt test that derives its rule again from events, snapshot, census, seeds and settings, and returns the rows that break it. CH and RE work out what both tables must hold; rules that are true of any tables that came out so (\`proof: follows\`) are asked where one of these finds a row. Trials in between run the checks that are one scan of a kept table. Made from \`dbt/tests/__invariants.yml\` by \`node scripts/invariants-reference.js\`.

| Id | Rule | dbt test |
| --- | --- | --- |
${rows.join('\n')}

Three rules compare two runs, and are tests of the suite: the same inputs give the same tables on either engine, and another seed other leavers (DET-1); raising merit, cola, promotion_raise or hire pay never lowers total pay (MONO-1); the published levers, simulated again, give the reported growth exactly (OPT-1).
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(path.join(PROJECT_ROOT, 'docs', 'model', 'invariants.md'), invariantsReference(PROJECT_ROOT));
