/** Checks of what the home holds already: whole Parquet files, no remains of killed processes, a database that nobody holds. */
import { open, readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config.js';
import { wholeOf } from '../../shared/errors/explain.js';
import { shellWord } from '../../shared/errors/shell-word.js';
import { publishedFile } from '../../simulation/export/publish.js';
import { tryDatabase } from '../../simulation/export/target.js';
import { fail, pass, warn, type Finding } from './finding.js';

const FOLDERS = ['inputs', 'simulations', 'checkpoints'];
const MAGIC = 'PAR1';
/** Magic at both ends, and the footer's length before the last. */
const LEAST_BYTES = 12;

/** What a process that was killed may leave behind; a living one removes its own. */
const REMAINS = /^(\.draft-|\.partial-|\.publish-|dbt-|publish-)/;
const OLD_MS = 24 * 3_600_000;

export async function checkStoredFiles({ home }: Config): Promise<Finding[]> {
  const entries = await entriesUnder(home, [...FOLDERS, 'trials', 'tmp', 'levers']);
  const parquet = entries.filter(({ name }) => name.endsWith('.parquet')).map(({ file }) => file);
  const whole = await Promise.all(parquet.map(isWholeParquet));
  const [damaged, ...others] = parquet.filter((_, index) => whole[index] === false);
  return [
    damaged === undefined
      ? pass('Stored files', `${parquet.length} Parquet files, all whole`)
      : fail(
          'Stored files',
          `${damaged} is damaged${others.length === 0 ? '' : `, and ${others.length} more`}`,
          `Remove it with \`rm -r ${shellWord(wholeOf(damaged))}\`; it is made again when it is needed.`,
        ),
    await checkRemains(entries.filter(({ name }) => REMAINS.test(name)).map(({ file }) => file)),
  ];
}

async function checkRemains(files: readonly string[]): Promise<Finding> {
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  const old = dated.filter(({ at }) => Date.now() - at > OLD_MS).map(({ file }) => file);
  return old.length === 0
    ? pass('Remains', 'none of killed processes')
    : warn(
        'Remains',
        `${old.length} drafts of killed processes, such as ${old[0]}`,
        `Remove them: \`rm -r ${old.map(shellWord).join(' ')}\``,
      );
}

export async function checkPublished(config: Config): Promise<Finding> {
  const file = publishedFile(config);
  if (!existsSync(file)) return pass('Published database', 'none yet');
  const problem = await tryDatabase(file);
  return problem === undefined
    ? pass('Published database', `${file}, held by nobody`)
    : warn('Published database', `${problem.message}: \`meritloop publish\` would wait`, problem.hint);
}

/** Both ends are those of a Parquet file. */
export async function isWholeParquet(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size < LEAST_BYTES) return false;
    const { buffer: head } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const { buffer: tail } = await handle.read(Buffer.alloc(8), 0, 8, size - 8);
    return (
      head.toString('latin1') === MAGIC &&
      tail.toString('latin1', 4) === MAGIC &&
      tail.readUInt32LE(0) <= size - LEAST_BYTES
    );
  } finally {
    await handle.close();
  }
}

interface Entry {
  readonly name: string;
  readonly file: string;
}

async function entriesUnder(home: string, folders: readonly string[]): Promise<Entry[]> {
  const found = folders
    .map((folder) => path.join(home, folder))
    .filter((folder) => existsSync(folder))
    .map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true, recursive: true });
      return entries.map(({ name, parentPath }) => ({ name, file: path.join(parentPath, name) }));
    });
  return (await Promise.all(found)).flat();
}
