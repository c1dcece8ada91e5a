/** Checks every byte that the home keeps against the seals beside it; what was put aside as damaged is told. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import { createGridStore } from '../../grids/grid-store.js';
import { createRunStore } from '../../runs/run-store.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import { isMissingFile, listFolders, readText } from '../../shared/files/durable.js';
import { inspectFolder, inspectSeal, type Damage } from '../../shared/files/sealed-folder.js';
import { parseStored } from '../../shared/files/stored-json.js';
import { ASIDE_FOLDER } from '../../shared/files/set-aside.js';
import { shellWord } from '../../shared/errors/shell-word.js';
import { fail, pass, warn, type Finding } from './finding.js';

const FOLDERS = ['inputs', 'simulations', 'trials'];

export async function checkSeals({ home }: Config): Promise<Finding[]> {
  const damages: Damage[] = [];
  let sealed = 0;
  const count = (found: { sealed: boolean; damage: Damage | undefined }): void => {
    if (found.sealed) sealed += 1;
    if (found.damage !== undefined) damages.push(found.damage);
  };
  for (const kind of FOLDERS) {
    const names = (await listFolders(path.join(home, kind))).filter((name) => !name.startsWith('.'));
    for (const name of names) {
      const folder = path.join(home, kind, name);
      count(await inspectFolder(folder));
    }
  }
  const checkpoints = path.join(home, 'checkpoints');
  for (const name of await namesIn(checkpoints))
    if (name.endsWith('.seal.json')) count(await inspectSeal(path.join(checkpoints, name)));
  damages.push(...(await damagedRecords(home)));
  return [sealFinding(damages, sealed), ...(await asideFinding(home))];
}

/** Runs and grids, read as everybody reads them. */
async function damagedRecords(home: string): Promise<Damage[]> {
  const [runs, grids] = [createRunStore(home), createGridStore(home)];
  const found: Damage[] = [];
  const read = async (look: () => Promise<unknown>): Promise<void> => {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof MeritloopError) || error.code !== 'STORED_FILE_DAMAGED') throw error;
      const { path: file, detail } = error.fields;
      found.push({ path: String(file), detail: String(detail) });
    }
  };
  for (const id of await listFolders(path.join(home, 'runs'))) {
    await read(() => runs.record(id));
    await read(() => runs.ending(id));
    const report = await runs.damagedReport(id);
    if (report !== undefined && !found.some(({ path: file }) => file === report.path)) found.push(report);
  }
  for (const id of await listFolders(path.join(home, 'grids'))) await read(() => grids.find(id));
  const records = [
    ...(await listFolders(path.join(home, 'runs'))).map((id) => path.join(home, 'runs', id, 'marks.json')),
    ...(await listFolders(path.join(home, 'materializations'))).map((id) =>
      path.join(home, 'materializations', id, 'plan.json'),
    ),
  ];
  for (const file of records)
    await read(async () => {
      const text = await readText(file);
      // What is in it is checked by its readers: here, that it is what was written.
      if (text !== null) parseStored(file, text, (value) => value);
    });
  return found;
}

function sealFinding(damages: readonly Damage[], sealed: number): Finding {
  const [first, ...others] = damages;
  if (first === undefined) return pass('Seals', `${sealed} sealed, every byte as it was written`);
  const more = others.length === 0 ? '' : `; also ${others.map(({ path: file }) => file).join(', ')}`;
  return fail(
    'Seals',
    `${first.path} is damaged: ${first.detail}${more}`,
    'Simulations, trials, checkpoints and censuses are put aside and made again by the next run that needs them; a report is made again from its result when it is asked for; a run or a grid comes back only from a backup.',
  );
}

async function asideFinding(home: string): Promise<Finding[]> {
  const folder = path.join(home, ASIDE_FOLDER);
  const names = await namesIn(folder);
  if (names.length === 0) return [];
  return [
    warn(
      'Put aside',
      `${names.length} damaged files or folders in ${folder}`,
      `Look at what damaged them (disk, backup, editor); then \`rm -r ${shellWord(folder)}\`.`,
    ),
  ];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}
