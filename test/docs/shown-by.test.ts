/** Every test that a reference names as proof exists, with the title that it names. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../src/config.js';

const ROOT = loadConfig({}, {}).projectRoot;
const FOLDER = path.join(ROOT, 'docs', 'reference');

interface Proof {
  readonly file: string;
  /** Null: the whole file. */
  readonly title: string | null;
}

/** `test/x.test.ts`, or `test/x.test.ts` *title*. */
const proofsIn = (text: string): Proof[] =>
  [...text.matchAll(/`(test\/[\w./-]+)`(?: \*([^*]+)\*)?/g)].map(([, file = '', title]) => ({
    file,
    title: title ?? null,
  }));

/** Titles as they stand in the code, whatever the quotes. */
const written = (code: string): string => code.replaceAll(/\\(['"`])/g, '$1');

async function isThere({ file, title }: Proof): Promise<boolean> {
  try {
    if (title === null) {
      const names = file.endsWith('.ts') ? [file] : await readdir(path.join(ROOT, file));
      if (file.endsWith('.ts')) await readFile(path.join(ROOT, file));
      return names.length > 0;
    }
    return written(await readFile(path.join(ROOT, file), 'utf8')).includes(title);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

test('every test named in docs/reference exists', async () => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(FOLDER, name), 'utf8')));
  const proofs = texts.flatMap(proofsIn);
  expect(proofs.length).toBeGreaterThan(40);
  const found = await Promise.all(proofs.map(isThere));
  expect(proofs.filter((_, index) => found[index] !== true)).toEqual([]);
});

test('each complaint has a row; each row names a test, or says why it does not apply', async () => {
  const text = await readFile(path.join(FOLDER, 'complaints.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+) \|.*$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  for (const [row] of rows) {
    const titled = proofsIn(row).filter(({ title }) => title !== null);
    expect({ row, isShown: titled.length > 0 || row.includes('Does not apply') }).toMatchObject({
      isShown: true,
    });
  }
});
