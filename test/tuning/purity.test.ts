/** The tuner runs in workflow code: nothing that it loads may have effects or pull in zod. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve('src/tuning');
const RUNTIME_IMPORT = /^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms;

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(RUNTIME_IMPORT)].map(([, specifier]) => specifier!);

function reach(file: string, seen: Map<string, string[]>): Map<string, string[]> {
  if (seen.has(file)) return seen;
  seen.set(file, importsOf(file));
  for (const specifier of seen.get(file)!) {
    if (specifier.startsWith('.')) reach(resolve(dirname(file), specifier.replace(/\.js$/, '.ts')), seen);
  }
  return seen;
}

test('the tuner reaches no package, no Node module, no clock and no random number', () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const reached = files.reduce((seen, name) => reach(join(ROOT, name), seen), new Map<string, string[]>());
  expect(reached.size).toBeGreaterThan(files.length);
  expect([...reached.values()].flat().filter((specifier) => !specifier.startsWith('.'))).toEqual([]);
  for (const file of reached.keys()) {
    expect(readFileSync(file, 'utf8')).not.toMatch(
      /Math\.random|Date\.now|new Date|\bprocess\.env|\bcrypto\./,
    );
  }
});
