/** Drafts of a publish that was killed are removed; those of one at work stay. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { ownedName } from '../../../src/shared/files/process-identity.js';
import { abandonedDrafts, dropAbandoned } from '../../../src/simulation/export/abandoned-drafts.js';

test('only what a dead process of this machine has left is removed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-drafts-'));
  try {
    const { pid } = spawnSync('true');
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    const dead = `.publish@${hostname()}@${pid}@1@${id}`;
    const kept = [ownedName('.publish'), `.publish@elsewhere@${pid}@1@${id}`, 'simulation.duckdb'];
    for (const name of [dead, `${dead}.wal`, ...kept]) await writeFile(path.join(folder, name), '');
    expect((await abandonedDrafts(folder)).toSorted()).toEqual(
      [dead, `${dead}.wal`].map((name) => path.join(folder, name)),
    );
    await dropAbandoned(folder);
    expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
