/** What people note on a run: tags, whether it is archived, whether others are compared with it. Its own files stay as they are. */
import type { createRunStore } from '../../runs/run-store.js';
import { runMarks, type RunMarks } from './runs.contract.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { readText, writeWhole } from '../../shared/files/durable.js';
import { parseStored, withSeal } from '../../shared/files/stored-json.js';

type Runs = ReturnType<typeof createRunStore>;

const NO_MARKS: RunMarks = { tags: [], archived: false, pinned: false };

const fileOf = (runs: Runs, runId: string): string => runs.fileOf(runId, 'marks.json');

/** @param text of the file; null where nobody has marked the run. @throws MeritloopError STORED_FILE_DAMAGED */
export function marksOf(runs: Runs, runId: string, text: string | null): RunMarks {
  if (text === null) return NO_MARKS;
  const file = fileOf(runs, runId);
  return parseStored(file, text, (value) => runMarks.parse(value), file);
}

/** For lists, which one damaged file does not refuse: without its marks the run is named as damaged. */
export function marksOrDamage(
  runs: Runs,
  runId: string,
  text: string | null,
): { readonly marks: RunMarks; readonly damage?: string } {
  try {
    return { marks: marksOf(runs, runId, text) };
  } catch (error) {
    if (!(error instanceof MeritloopError) || error.code !== 'STORED_FILE_DAMAGED') throw error;
    return { marks: NO_MARKS, damage: error.message };
  }
}

/** @throws MeritloopError RUN_UNKNOWN */
export async function changeMarks(
  runs: Runs,
  runId: string,
  change: { readonly [Mark in keyof RunMarks]?: RunMarks[Mark] | undefined },
): Promise<RunMarks> {
  if ((await runs.record(runId)) === undefined) throw failure('RUN_UNKNOWN', { run: runId });
  const before = marksOf(runs, runId, await readText(fileOf(runs, runId)));
  const after = {
    tags: [...new Set(change.tags ?? before.tags)],
    archived: change.archived ?? before.archived,
    pinned: change.pinned ?? before.pinned,
  };
  await writeWhole(fileOf(runs, runId), `${JSON.stringify(withSeal(after))}\n`);
  return after;
}
