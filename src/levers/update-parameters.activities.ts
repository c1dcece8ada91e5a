/** Activity `updateParameters`: stores the lever set of a trial, the input set with the tuned rows replaced. */
import type { LeverValue } from '../runs/optimization.contract.js';
import { PARAMETERS, type LeverRow } from './lever.contract.js';
import { failure } from '../shared/errors/errors.js';
import { stepOf, summaryOf, type TunerState } from '../tuning/tuner.js';
import type { ActivityDependencies } from '../ports.js';
import type { RunSpec } from '../runs/run-spec.js';

export interface UpdateInput {
  readonly spec: RunSpec;
  readonly state: string;
  /** The levers that the tuner asks for next, or those of the best trial so far. */
  readonly of: 'next' | 'kept';
}

export const updateParameters =
  ({ runs, levers }: ActivityDependencies) =>
  async ({ spec, state: reference, of }: UpdateInput): Promise<{ lever_set: string }> => {
    const state = await runs.loadState(spec.run_id, reference);
    const rows = await levers.load(spec.lever_set);
    const step = stepOf(state);
    if (of === 'next' && step.kind === 'done')
      throw failure('UNEXPECTED', { detail: `run ${spec.run_id} asks for no further levers` });
    const values = of === 'next' && step.kind === 'simulate' ? step.levers : summaryOf(state).best.levers;
    return { lever_set: await levers.save(withValues(rows, moved(state, values), spec)) };
  };

const keyOf = (row: Pick<LeverRow, 'fiscal_year' | 'job_level' | 'parameter_name'>): string =>
  `${row.fiscal_year} ${row.job_level} ${row.parameter_name}`;

/** The values that differ from today's. Locked levers, and inherited ones that stay, keep following their scenario. */
function moved({ problem }: TunerState, values: readonly LeverValue[]): LeverValue[] {
  const today = new Map(problem.levers.map((lever) => [keyOf(lever), lever]));
  return values.filter((value) => {
    const lever = today.get(keyOf(value));
    return lever !== undefined && !lever.locked && lever.value !== value.value;
  });
}

/**
 * Other rows are left as they are, byte for byte. A value that the scenario inherits becomes a row of its own, so that
 * the parent keeps its levers.
 */
export function withValues(
  rows: readonly LeverRow[],
  values: readonly LeverValue[],
  spec: Pick<RunSpec, 'scenario' | 'started_at' | 'run_id'>,
): LeverRow[] {
  const wanted = new Map(values.map((value) => [keyOf(value), value]));
  const provenance = { is_locked: false, created_at: spec.started_at, created_by: `optimize ${spec.run_id}` };
  const replaced = rows.map((row) => {
    if (row.scenario_id !== spec.scenario) return row;
    const value = wanted.get(keyOf(row));
    wanted.delete(keyOf(row));
    if (value === undefined || value.value === row.parameter_value) return row;
    return { ...row, ...provenance, parameter_value: value.value };
  });
  const added = [...wanted.values()].map(({ fiscal_year, job_level, parameter_name, value }) => ({
    scenario_id: spec.scenario,
    fiscal_year,
    job_level,
    event_type: PARAMETERS[parameter_name].eventType,
    parameter_name,
    parameter_value: value,
    ...provenance,
  }));
  return [...replaced, ...added];
}
