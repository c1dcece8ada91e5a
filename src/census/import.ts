/** Takes a census in: a verbatim copy named by its content, checked whole, and stored as one sorted Parquet file. */
import { readdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { CensusImport, CensusValidation, StoredCensus } from './census.contract.js';
import { checkSource, problemsFailure, questionsFailure } from './check.js';
import { withCopy, type CensusFile } from './copy.js';
import { queryRows, sqlText, throwIfCancelled, withDatabase } from './database.js';
import { baselineRules } from './rules.js';
import { MOST_LEVELS } from '../levers/lever.contract.js';
import { failure } from '../shared/errors/errors.js';
import { fileHash, sealFolder } from '../shared/files/sealed-folder.js';
import { asideNote, setAside } from '../shared/files/set-aside.js';
import { censusFolder, inspectStored, readStored, renameOnce, sourceIn, writeCensus } from './store.js';

const WHAT = 'the import of the census';

export interface ImportOptions extends CensusFile {
  readonly home: string;
}

/**
 * Copies the census to `<home>/inputs/<sha256>/source.<csv|parquet>`, checks the copy, and writes census.parquet
 * (ordered by employee_id) and census.json beside it; the folder appears whole or not at all. A file with known
 * content is only checked against the baseline date.
 * @throws MeritloopError FILE_MISSING, FILE_UNREADABLE, COLUMN_MISSING, CENSUS_EMPTY, ROW_INVALID, CANCELLED
 */
export async function importCensus(options: ImportOptions): Promise<CensusImport> {
  const { home, signal } = options;
  return withCopy(options, path.join(home, 'inputs'), async (source, work, sha256) => {
    const folder = censusFolder(home, sha256);
    const state = await inspectStored(folder);
    const notes: string[] = [];
    if (state !== null && 'damage' in state)
      notes.push(asideNote(state.damage, await setAside(home, folder), 'The census is imported again'));
    const known = state !== null && 'stored' in state ? state.stored : null;
    if (known !== null && (await fitsPlan(folder, work, options))) {
      // In use again: `gc` goes by age.
      await utimes(folder, new Date(), new Date());
      return { sha256, ...known };
    }
    const validation = await withDatabase(
      { spill: path.join(work, 'spill'), signal, what: WHAT },
      async (connection) => {
        const checked = await checkSource(connection, source, options);
        if (checked.problems.length === 0 && checked.questions.length === 0)
          await writeCensus(connection, work, checked);
        return checked;
      },
    );
    // An answer may mend what now looks like a fault.
    if (validation.questions.length > 0) throw questionsFailure(validation);
    if (validation.problems.length > 0) throw problemsFailure(validation);
    throwIfCancelled(signal, WHAT);
    for (const name of await readdir(work))
      if (name === 'spill' || name.startsWith('source-'))
        await rm(path.join(work, name), { recursive: true, force: true });
    await sealFolder(work);
    await renameOnce(work, folder);
    const stored = await readStored(folder);
    if (stored === null) throw failure('FILE_MISSING', { source: 'census', path: folder });
    return { sha256, ...stored, notices: [...notes, ...stored.notices] };
  });
}

/**
 * A stored census, every byte compared with its seal; a damaged one is put aside and imported again from its own source,
 * where that is still what its name says.
 * @throws MeritloopError FILE_MISSING, STORED_FILE_DAMAGED where the source is damaged too
 */
export async function wholeCensus(
  home: string,
  sha256: string,
  baselineDate: string,
  onDamaged: (note: string) => void,
): Promise<StoredCensus> {
  const folder = censusFolder(home, sha256);
  const state = await inspectStored(folder);
  if (state === null) throw failure('FILE_MISSING', { source: 'census', path: folder });
  if ('stored' in state) return state.stored;
  const file = await sourceIn(folder);
  const { path: damagedFile, detail } = state.damage;
  const refused = () => failure('STORED_FILE_DAMAGED', { path: damagedFile, detail, remove: folder });
  if (file === undefined || (await fileHash(file)) !== sha256) throw refused();
  const { notices, sha256: again, ...stored } = await importCensus({ home, file, baselineDate });
  if (again !== sha256) throw refused();
  const [note, ...others] = notices;
  if (note !== undefined) onDamaged(note);
  return { ...stored, notices: others };
}

/**
 * All errors of a census, grouped by kind; stores nothing.
 * @throws MeritloopError as {@link importCensus}, but bad values are returned
 */
export async function validateCensus(
  options: CensusFile & { readonly scratch: string },
): Promise<CensusValidation> {
  const { scratch, signal } = options;
  return withCopy(options, scratch, (source, work) =>
    withDatabase({ spill: path.join(work, 'spill'), signal, what: 'the check of the census' }, (connection) =>
      checkSource(connection, source, options),
    ),
  );
}

/** False: the source must be read again, to name the lines. */
async function fitsPlan(
  folder: string,
  work: string,
  { baselineDate, topLevel = MOST_LEVELS, signal }: ImportOptions,
): Promise<boolean> {
  const rules = [...baselineRules(baselineDate).map(({ broken }) => broken), `job_level > ${topLevel}`];
  const broken = rules.map((rule) => `count_if(${rule})`).join(' + ');
  return withDatabase({ spill: path.join(work, 'spill'), signal, what: WHAT }, async (connection) => {
    const file = path.join(folder, 'census.parquet');
    const [row = {}] = await queryRows(
      connection,
      `select ${broken} as broken from read_parquet(${sqlText(file)})`,
    );
    return Number(row['broken']) === 0;
  });
}
