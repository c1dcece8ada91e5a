/** One simulation as a durable job: `simulate` for those who are not at the machine. */
import { isCancellation, TemporalFailure, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import type { SimulatedTrial } from '../runs/run-spec.js';
import type { SimulationRequestInput } from '../runs/request.contract.js';
import { toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import { assetKey, scenarioKey, statusKey } from '../temporal/search-attribute-keys.js';
import { lengthy } from '../temporal/proxies.workflow.js';

/** Without an argument every default holds. The result also stands in the memo, where listings find it. */
export async function multiYearSimulation(request?: SimulationRequestInput): Promise<SimulatedTrial> {
  try {
    upsertSearchAttributes([
      { key: assetKey, value: 'fct_workforce_snapshot' },
      { key: statusKey, value: 'running' },
    ]);
    const { spec, notices } = await lengthy.validateSimulation.executeWithOptions(
      { summary: 'check the request, copy its inputs' },
      [request ?? {}],
    );
    upsertSearchAttributes([{ key: scenarioKey, value: spec.scenario }]);
    const { first, last } = spec.years;
    const made = await lengthy.runMultiYearSimulation.executeWithOptions(
      { summary: `simulate ${first}–${last}` },
      [{ spec, lever_set: spec.levers, keep: 'tables' }],
    );
    const result = { ...made, notes: [...notices, ...made.notes] };
    upsertMemo({ result });
    upsertSearchAttributes([{ key: statusKey, value: 'completed' }]);
    return result;
  } catch (error) {
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    throw toApplicationFailure(toMeritloopError(error));
  }
}
