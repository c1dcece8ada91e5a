/** Activities `readLatestRun` and `writeSummaryReport`: the report of a finished run. */
import type { RunReport } from './report.contract.js';
import { summaryRequest } from './request.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { failure } from '../shared/errors/errors.js';
import type { ActivityDependencies } from '../ports.js';
import { renderReport } from './render-report.js';
import type { RunSpec } from './run-spec.js';
import { isFailure } from './run-store.js';

/** @throws MeritloopError RUN_UNKNOWN when there is no such run, or none has finished */
export const readLatestRun =
  ({ runs }: ActivityDependencies) =>
  async (input: unknown): Promise<{ run_id: string }> => {
    const { run_id: asked } = parseRequest(summaryRequest, input);
    if (asked !== undefined) return { run_id: asked };
    const finished = (await runs.briefs())
      .map(({ record }) => record)
      .filter((record) => record.finished_at !== null)
      .toSorted((left, right) => String(right.finished_at).localeCompare(String(left.finished_at)));
    for (const { run_id } of finished) {
      const ending = await runs.ending(run_id);
      if (ending !== undefined && !isFailure(ending)) return { run_id };
    }
    throw failure('RUN_UNKNOWN', { run: 'that has finished' });
  };

export const writeSummaryReport =
  ({ runs, simulator }: ActivityDependencies) =>
  async ({ run_id }: { readonly run_id: string }): Promise<RunReport> => {
    const [record, result] = [await runs.record(run_id), await runs.ending(run_id)];
    if (record?.spec == null || result === undefined || isFailure(result))
      throw failure('RUN_UNKNOWN', { run: run_id });
    const { workflow_id: _workflow, ...reported } = result;
    const report: RunReport = {
      ...reported,
      scenario: record.spec.scenario,
      gap_reduction: Math.abs(result.initial_gap) - Math.abs(result.final_gap),
      iterations: result.iterations.map(({ iteration, growth, gap, simulation_id, seconds }) => ({
        iteration,
        growth,
        gap,
        simulation_id,
        seconds,
      })),
      decomposition: isDefaultMeasure(record.spec) ? await decompose(simulator, result.simulation_id) : null,
      seconds_by_stage: { ...record.seconds_by_stage },
    };
    await runs.writeReport(run_id, report, renderReport(report));
    return report;
  };

const isDefaultMeasure = ({ metric, statuses }: RunSpec): boolean =>
  metric === 'mean' && [...statuses].toSorted().join() === 'continuous_active,new_hire_active';

async function decompose(
  simulator: ActivityDependencies['simulator'],
  simulationId: string,
): Promise<RunReport['decomposition']> {
  const { years } = await simulator.load(simulationId);
  return years.map(({ year, growth, decomposition }) => ({ year, growth, ...decomposition }));
}
