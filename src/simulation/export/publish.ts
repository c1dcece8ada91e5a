/** Copies a finished simulation into the analysts' database: written whole beside it, then put in its place. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { ownedName } from '../../shared/files/process-identity.js';
import { environmentFailure } from '../../shared/errors/explain.js';
import { compilePlan } from '../model/compile-plan.js';
import { Database } from '../engine/database.js';
import { SimulationStore } from '../store/simulation-store.js';
import { DRAFT, dropAbandoned } from './abandoned-drafts.js';
import { createTables, type PublishedTable, type StoredSimulation } from './tables.js';
import { replaceDatabase, type Patience } from './target.js';

export interface Published {
  readonly simulation_id: string;
  readonly file: string;
  readonly tables: readonly PublishedTable[];
  readonly seconds: number;
}

/** Where analysts find the published simulation. */
export const publishedFile = ({ home }: Pick<Config, 'home'>): string => path.join(home, 'simulation.duckdb');

/**
 * @param file the database to replace.
 * @throws MeritloopError SIMULATION_WITHOUT_TABLES, STORED_FILE_DAMAGED, DATABASE_LOCKED, DISK_FULL; the database is
 * then as it was.
 */
export async function publishSimulation(
  config: Config,
  simulation: StoredSimulation,
  file: string,
  patience: Patience,
): Promise<Published> {
  const startedAt = performance.now();
  const { simulation_id } = simulation.summary;
  if (!existsSync(path.join(simulation.folder, 'provenance.json')))
    throw failure('SIMULATION_WITHOUT_TABLES', { simulation: simulation_id, folder: simulation.folder });
  await new SimulationStore(config.home).requireWhole(simulation.folder);
  const plan = await compilePlan(config);
  const spillFolder = path.join(config.home, 'tmp', `publish-${randomUUID()}`);
  const draft = path.join(path.dirname(file), ownedName(DRAFT));
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await dropAbandoned(path.dirname(file));
    const database = await Database.open(draft, { spillFolder });
    let tables: PublishedTable[];
    try {
      tables = await database.abortable(patience.signal, () => createTables(database, plan, simulation));
      await database.run('force checkpoint');
    } finally {
      await database.close();
    }
    await replaceDatabase(draft, file, spillFolder, patience);
    return { simulation_id, file, tables, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    patience.signal?.throwIfAborted();
    if (error instanceof MeritloopError) throw error;
    throw environmentFailure(error, `publishing simulation ${simulation_id}`) ?? error;
  } finally {
    for (const left of [draft, `${draft}.wal`, spillFolder]) await rm(left, { recursive: true, force: true });
  }
}
