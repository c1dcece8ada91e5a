/** Finds a stored simulation by its id, the start of its id, or as the latest, without loading an engine. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { simulationSummary, type SimulationSummary } from '../contract/simulation.js';
import { failure } from '../errors.js';

export interface StoredSimulation {
  readonly summary: SimulationSummary;
  readonly folder: string;
}

export const simulationsFolder = ({ home }: Pick<Config, 'home'>): string => path.join(home, 'simulations');
export const simulationFolder = (config: Pick<Config, 'home'>, id: string): string =>
  path.join(simulationsFolder(config), id);

/** `summary.json` has no wall time, so that it is the same bytes each time; here it counts as 0. */
const storedSummary = simulationSummary.extend({
  reused: simulationSummary.shape.reused.default(true),
  seconds: simulationSummary.shape.seconds.default(0),
});

/**
 * @param id whole or its start; undefined for the simulation that was stored last.
 * @throws MeritloopError SIMULATION_UNKNOWN, FILE_UNREADABLE
 */
export async function findSimulation(
  config: Pick<Config, 'home'>,
  id: string | undefined,
): Promise<StoredSimulation> {
  const ids = await storedIds(config);
  const found = id === undefined ? await latest(config, ids) : matching(ids, id);
  if (found === undefined)
    throw failure('SIMULATION_UNKNOWN', { simulation: id ?? `in ${simulationsFolder(config)}` });
  const folder = simulationFolder(config, found);
  return { folder, summary: await readSummary(path.join(folder, 'summary.json')) };
}

async function readSummary(file: string): Promise<SimulationSummary> {
  try {
    return storedSummary.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0] ?? '';
    throw failure('FILE_UNREADABLE', { source: 'simulation', path: file, reason }, error);
  }
}

/** Whole folders only: one being written has another name and no summary yet. */
async function storedIds(config: Pick<Config, 'home'>): Promise<string[]> {
  try {
    const entries = await readdir(simulationsFolder(config), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && /^[0-9a-z]+$/.test(entry.name))
      .map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A start that fits several ids is no id. */
function matching(ids: readonly string[], id: string): string | undefined {
  if (ids.includes(id)) return id;
  const fitting = ids.filter((candidate) => candidate.startsWith(id));
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function latest(config: Pick<Config, 'home'>, ids: readonly string[]): Promise<string | undefined> {
  const dated = await Promise.all(
    ids.map(async (id) => {
      const file = path.join(simulationFolder(config, id), 'summary.json');
      const { mtimeMs } = await stat(file);
      return { id, mtimeMs };
    }),
  );
  return dated.toSorted((a, b) => b.mtimeMs - a.mtimeMs || a.id.localeCompare(b.id))[0]?.id;
}
