/** `automateAssets`: looks at the assets again and again, and starts `materializeAssets` for what is due, with the reasons. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  startChild,
  ParentClosePolicy,
} from '@temporalio/workflow';
import type { AutomationStart, AutomationState, AutomationTick } from '../assets/evaluate-automation.js';
import { materializeWorkflowId } from '../contract/run-id.js';
import type { JsonObject } from '../graph/fingerprint.js';
import { isHistoryLong } from './history-length.js';
import { lengthy } from './proxies.js';

export interface AutomationRequest {
  /** The configuration of the runs that it starts; an optimisation's request. */
  readonly config?: JsonObject;
  /** Seconds between two looks; default 300. */
  readonly interval_seconds?: number;
  /** Of the execution before. */
  readonly state?: AutomationState;
}

/** Look now: something has changed. */
export const lookNow = defineSignal('lookNow');

const DEFAULT_INTERVAL_SECONDS = 300;

/** Runs until it is cancelled. */
export async function automateAssets(request: AutomationRequest = {}): Promise<void> {
  const { config = {}, interval_seconds = DEFAULT_INTERVAL_SECONDS } = request;
  let state = request.state ?? { observed: {}, asked: {} };
  let isAsked = false;
  setHandler(lookNow, () => void (isAsked = true));
  for (;;) {
    isAsked = false;
    const tick = await lengthy.evaluateAutomation.executeWithOptions({ summary: 'what is due?' }, [
      { config, state },
    ]);
    for (const start of tick.starts) await startRun(start, config);
    state = tick.state;
    setCurrentDetails(detailsOf(tick));
    await condition(() => isAsked, interval_seconds * 1000);
    if (isHistoryLong()) await continueAsNew<typeof automateAssets>({ ...request, state });
  }
}

/** The run goes on by itself, whatever becomes of the automation. */
async function startRun(
  { key, select, partitions, reasons }: AutomationStart,
  config: JsonObject,
): Promise<void> {
  try {
    await startChild('materializeAssets', {
      workflowId: materializeWorkflowId(key),
      args: [{ select, ...(partitions === null ? {} : { partitions }), config }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `automation: ${select}`,
      staticDetails: reasons.map((reason) => `- ${reason}`).join('\n'),
    });
  } catch (error) {
    // Started before the state was handed on: it is the same run.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function detailsOf({ changed, decisions, stale, starts }: AutomationTick): string {
  const lines = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${title}**`, ...items.map((item) => `- ${item}`), ''];
  return [
    ...lines('Changed inputs', changed),
    ...lines(
      'Conditions',
      decisions.map(
        ({ asset, condition: kind, action, reasons }) =>
          `${asset} (${kind}): ${action}; ${reasons.join(', ')}`,
      ),
    ),
    ...lines('Not fresh', stale),
    ...lines(
      'Started',
      starts.map(({ key, select }) => `${materializeWorkflowId(key)}: ${select}`),
    ),
  ].join('\n');
}
