/** What stored runs, simulations and the lever store refer to: none of it is ever removed. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readText } from '../shared/files/durable.js';
import { damagedFile, parseStored } from '../shared/files/stored-json.js';
import { createRunStore, isFailure, type RunStore } from '../runs/run-store.js';
import { provenance } from '../simulation/provenance.contract.js';
import { readPointer } from '../levers/pointer.js';
import type { TuningState } from '../tuning/one-target/state.js';
import type { References } from './decide.js';
import { isMissing } from './inventory.js';

/** @throws MeritloopError LEVER_RECORD_DAMAGED, STORED_FILE_DAMAGED; nothing may be removed on half a reading */
export async function readReferences(home: string): Promise<References> {
  const runs = createRunStore(home);
  const [ofRuns, ofSimulations, ofPointers] = await Promise.all([
    readRuns(runs),
    readProvenances(path.join(home, 'simulations')),
    readMoves(path.join(home, 'levers')),
  ]);
  return {
    leverSets: new Set([
      ...ofRuns.leverSets,
      ...ofSimulations.map(({ lever_set }) => lever_set),
      ...ofPointers,
    ]),
    censuses: new Set([...ofRuns.censuses, ...ofSimulations.map(({ census }) => census.sha256)]),
    simulations: new Set(ofRuns.simulations),
    openRuns: ofRuns.open,
  };
}

async function readRuns(runs: RunStore) {
  const found = {
    leverSets: [] as string[],
    censuses: [] as string[],
    simulations: [] as string[],
    open: 0,
  };
  for (const { run_id, spec, finished_at } of await runs.list()) {
    if (spec !== null) {
      found.leverSets.push(spec.lever_set, spec.published);
      found.censuses.push(spec.census);
    }
    const ending = await runs.ending(run_id);
    if (ending !== undefined && !isFailure(ending)) {
      found.leverSets.push(ending.lever_set);
      found.simulations.push(ending.simulation_id);
    }
    if (finished_at !== null) continue;
    found.open += 1;
    found.simulations.push(...(await measuredBy(runs, run_id)));
  }
  return found;
}

async function measuredBy(runs: RunStore, runId: string): Promise<string[]> {
  const folder = runs.fileOf(runId, 'tuning');
  const names = await listed(folder);
  const states = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) => readStored(path.join(folder, name), (value) => value as TuningState)),
  );
  return states.flatMap(({ trials }) => trials.map(({ simulation_id }) => simulation_id));
}

async function readProvenances(folder: string) {
  const ids = (await listed(folder)).filter((name) => !name.startsWith('.'));
  return Promise.all(
    ids.map((id) => readStored(path.join(folder, id, 'provenance.json'), (value) => provenance.parse(value))),
  );
}

/** @throws MeritloopError STORED_FILE_DAMAGED */
async function readStored<Value>(file: string, parse: (value: unknown) => Value): Promise<Value> {
  const text = await readText(file);
  if (text === null) throw damagedFile(file, 'it is missing', null);
  return parseStored(file, text, parse);
}

async function readMoves(folder: string): Promise<string[]> {
  const state = await readPointer(folder);
  if (state === null) return [];
  return [...state.pointer.scenarios.values(), ...state.moves.flatMap(({ from, to }) => [from, to])];
}

async function listed(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
