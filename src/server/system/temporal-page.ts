/** Links into Temporal's own web page. */
import type { Config } from '../../config.js';
import type { MeritloopClient } from '../../client/meritloop.js';

/** The page of a workflow's latest execution; null where Temporal has no page. */
export const temporalPage = (
  { temporalNamespace }: Pick<Config, 'temporalNamespace'>,
  { uiAddress }: Pick<MeritloopClient, 'uiAddress'>,
  workflowId: string,
): string | null =>
  uiAddress === undefined
    ? null
    : `${uiAddress}/namespaces/${temporalNamespace}/workflows/${encodeURIComponent(workflowId)}`;
