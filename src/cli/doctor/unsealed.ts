/** Folders of before there were seals: with --repair each that can be read whole gets one, and is compared from then on. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import { createRunStore } from '../../runs/run-store.js';
import { listFolders } from '../../shared/files/durable.js';
import { inspectFolder, sealFolder } from '../../shared/files/sealed-folder.js';
import { fail, pass, warn, type Finding } from './finding.js';
import { isWholeParquet } from './stored-files.js';

const UNSEALED = 'Unsealed';
/** Where folders appear whole, or not at all. */
const FOLDERS = ['inputs', 'simulations', 'trials'];

export async function checkUnsealed({ home }: Config, repair: boolean): Promise<Finding> {
  const unsealed = await unsealedFolders(home);
  const [first] = unsealed;
  if (first === undefined) return pass(UNSEALED, 'no folder without a seal');
  const found = `${unsealed.length} made before there were seals, such as ${first.folder}`;
  if (!repair)
    return warn(
      UNSEALED,
      `${found}: nobody can tell whether they are whole`,
      'Run `meritloop doctor --repair`: what can be read is sealed as it is now, and compared from then on. Where more is wanted, remove them: they are made again when they are needed.',
    );
  const broken: string[] = [];
  for (const { folder, seal } of unsealed) {
    const file = await unreadable(folder);
    if (file === undefined) await seal();
    else broken.push(file);
  }
  if (broken.length === 0) return pass(UNSEALED, `${found}: sealed as they are now`);
  return fail(
    UNSEALED,
    `${broken.join(', ')} cannot be read; ${unsealed.length - broken.length} others are sealed as they are now`,
    'Remove the folders of these files: simulations, trials and censuses are made again by the next run that needs them.',
  );
}

interface Unsealed {
  readonly folder: string;
  readonly seal: () => Promise<void>;
}

async function unsealedFolders(home: string): Promise<Unsealed[]> {
  const found: Unsealed[] = [];
  for (const kind of FOLDERS)
    for (const name of await listFolders(path.join(home, kind))) {
      const folder = path.join(home, kind, name);
      if (!name.startsWith('.') && !(await inspectFolder(folder)).sealed)
        found.push({ folder, seal: () => sealFolder(folder) });
    }
  const runs = createRunStore(home);
  for (const { record } of await runs.briefs())
    if (record.finished_at !== null && (await runs.isUnsealed(record.run_id)))
      found.push({ folder: runs.fileOf(record.run_id), seal: () => runs.seal(record.run_id) });
  return found;
}

/** The first file that is not even of its own format; undefined: all are. */
async function unreadable(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith('.parquet') && !(await isWholeParquet(file))) return file;
    if (name.endsWith('.json') && !isJson(await readFile(file, 'utf8'))) return file;
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
