/** The product's own activities on a slow database: only the SQL waits, by year, and the two small writes at a run's end. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ActivityDependencies } from '../../src/ports.js';
import type { Config } from '../../src/config.js';
import { createDependencies } from '../../src/dependencies.js';
import { createLogger } from '../../src/shared/log.js';

export const PHASES = ['baseline', 'bounds', 'iteration', 'publish', 'summary'] as const;
export type Phase = (typeof PHASES)[number];

/** Where the work of a run stands when it is made to wait. */
export interface Place {
  readonly phase: Phase;
  /** The run's seed in a simulation, its id elsewhere. */
  readonly of: number | string;
  /** 0 outside of simulations. */
  readonly year: number;
}

/** Awaited at every place; an abort must end the wait. */
export type Gate = (place: Place, signal: AbortSignal | undefined) => Promise<void>;

const PLAN_YEAR = /replace (?:table|view) state\.plan_year as .* = (\d+)$/;
const BOUNDS = 2;

/** Every finished year becomes a checkpoint, as it does where a year takes long. */
export function slowDependencies(config: Config, gate: Gate): ActivityDependencies {
  let simulating: Place | undefined;
  const begun = new Map<number, number>();
  const dependencies = createDependencies(config, createLogger(config), {
    checkpointAfterMs: 0,
    beforeStatement: async (sql, signal) => {
      const year = PLAN_YEAR.exec(sql)?.[1];
      if (year !== undefined && simulating !== undefined)
        await gate({ ...simulating, year: Number(year) }, signal);
    },
  });
  const { simulator, levers, runs } = dependencies;
  const simulate = simulator.simulate.bind(simulator);
  simulator.simulate = async (spec, options) => {
    const simulation = begun.get(spec.seed) ?? 0;
    begun.set(spec.seed, simulation + 1);
    simulating = { phase: phaseOf(simulation), of: spec.seed, year: 0 };
    return simulate(spec, options).finally(() => (simulating = undefined));
  };
  return {
    ...dependencies,
    levers: {
      ...levers,
      publish: async (move) => {
        await gate({ phase: 'publish', of: move.run_id ?? '', year: 0 }, undefined);
        return levers.publish(move);
      },
    },
    runs: {
      ...runs,
      writeReport: async (runId, ...report) => {
        await gate({ phase: 'summary', of: runId, year: 0 }, undefined);
        return runs.writeReport(runId, ...report);
      },
    },
  };
}

function phaseOf(simulation: number): Phase {
  if (simulation === 0) return 'baseline';
  return simulation <= BOUNDS ? 'bounds' : 'iteration';
}

/** The second of three years: one is finished, one is to come. */
export const YEARS = '2025-2027';
const MIDDLE = 2026;
export const isMiddleOf = (wanted: Phase, { phase, year }: Place): boolean =>
  phase === wanted && (year === 0 || year === MIDDLE);

/** Waits for ever in the middle of a phase, and says so by a file. */
export const holdIn =
  (home: string, wanted: Phase): Gate =>
  async (place, signal) => {
    if (!isMiddleOf(wanted, place)) return;
    await mkdir(home, { recursive: true });
    await writeFile(path.join(home, HELD), '');
    await new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };

export const HELD = 'held';
