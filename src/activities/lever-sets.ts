/** The lever store as the activities use it, with the one move that a run may make: publishing. */
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { failure } from '../errors.js';
import { parseLevers } from '../levers/file.js';
import { leverStore, readLeverFile } from '../levers/open.js';
import { leverPointer, type LeverStore } from '../levers/store.js';
import { withLock } from '../temporal/exclusive-lock.js';
import type { LeverMove, LeverSets } from './ports.js';

export function leverSetsOn(config: Config): LeverSets {
  const store = leverStore(config);
  const { home } = config;
  return {
    save: (rows) => store.save(rows),
    load: (fingerprint) => store.load(fingerprint),
    current: (scenario) => store.current(scenario),
    importFile: async (file) => store.save(parseLevers(await readLeverFile(file), path.basename(file))),
    publish: (move) =>
      withLock(path.join(home, 'levers', 'pointer.lock'), () =>
        movePointer(store, path.join(home, 'levers'), move),
      ),
  };
}

/** Compare and swap: the history is written first, so that no move is ever unrecorded. */
async function movePointer(store: LeverStore, folder: string, move: LeverMove): Promise<void> {
  const { scenario, fingerprint, expected, by, reason, run_id } = move;
  const found = await store.current(scenario);
  if (found === fingerprint) return;
  if (found !== expected) throw failure('LEVERS_MOVED', { scenario, expected, found });
  const file = path.join(folder, 'current.json');
  const { scenarios, version } = leverPointer.parse(JSON.parse(await readFile(file, 'utf8')));
  const entry = {
    version: version + 1,
    scenario,
    from: found,
    to: fingerprint,
    by,
    reason,
    run_id,
    at: new Date().toISOString(),
  };
  await appendFile(path.join(folder, 'history.ndjson'), `${JSON.stringify(entry)}\n`);
  const next = { scenarios: { ...scenarios, [scenario]: fingerprint }, version: version + 1 };
  await writeFile(`${file}.draft`, `${JSON.stringify(next, null, 2)}\n`);
  await rename(`${file}.draft`, file);
}
