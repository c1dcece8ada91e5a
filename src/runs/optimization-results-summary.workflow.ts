/** The asset `optimization_results_summary`: the report of a finished run, by default the latest. */
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { RunReport } from './report.contract.js';
import type { SummaryRequest } from './request.contract.js';
import { assetKey } from '../temporal/search-attribute-keys.js';
import { brief } from '../temporal/proxies.workflow.js';

const ASSET = 'optimization_results_summary';

export async function optimizationResultsSummary(request?: SummaryRequest): Promise<RunReport> {
  upsertSearchAttributes([{ key: assetKey, value: ASSET }]);
  const { run_id } = await brief.readLatestRun.executeWithOptions({ summary: 'find the run' }, [
    request ?? {},
  ]);
  const report = await brief.writeSummaryReport.executeWithOptions(
    { summary: `write the report of ${run_id}` },
    [{ run_id }],
  );
  await brief.recordMaterialization.executeWithOptions({ summary: `record ${ASSET}` }, [
    {
      asset: ASSET,
      partition: null,
      run_id,
      metadata: {
        status: report.status,
        gap_reduction: report.gap_reduction,
        iterations_used: report.iterations_used,
      },
    },
  ]);
  return report;
}
