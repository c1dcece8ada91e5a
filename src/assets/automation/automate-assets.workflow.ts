/** `automateAssets`: looks at the assets again and again, and starts `materializeAssets` for what is due, with the reasons. */
import { TemporalFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
  startChild,
  ParentClosePolicy,
  upsertMemo,
} from '@temporalio/workflow';
import type { AutomationStart, AutomationState, AutomationTick } from './evaluate.js';
import type { AutomationLook } from './automation.contract.js';
import { materializeWorkflowId } from '../../runs/run-id.terms.js';
import type { JsonObject } from '../graph/fingerprint.js';
import { explain, type Explanation } from '../../shared/errors/errors.js';
import { toMeritloopError } from '../../temporal/failures.js';
import { isHistoryLong } from '../../temporal/history-length.workflow.js';
import { lengthy } from '../../temporal/proxies.workflow.js';

export interface AutomationRequest {
  /** The configuration of the runs that it starts; an optimisation's request. */
  readonly config?: JsonObject;
  /** Seconds between two looks; default 300. */
  readonly interval_seconds?: number;
  /** Carried over from the execution before. */
  readonly state?: AutomationState;
}

/** Look now: something has changed. */
export const lookNow = defineSignal('lookNow');

const DEFAULT_INTERVAL_SECONDS = 300;
const LISTED = 100;
/** Temporal takes 400 bytes of a summary and 20,000 of details. */
const LONGEST_SUMMARY = 100;
const LONGEST_TEXT = 4000;

/** Runs until it is cancelled. A look that fails, such as at a file that is just being edited, is told and made again. */
export async function automateAssets(request: AutomationRequest = {}): Promise<void> {
  const { config = {}, interval_seconds = DEFAULT_INTERVAL_SECONDS } = request;
  let state = request.state ?? { observed: {}, asked: {} };
  let isAsked = false;
  setHandler(lookNow, () => void (isAsked = true));
  for (;;) {
    isAsked = false;
    const seen = await look(config, state);
    if ('tick' in seen) {
      for (const start of seen.tick.starts) await startRun(start, config);
      state = seen.tick.state;
    }
    upsertMemo({ look: viewOf(seen) });
    setCurrentDetails('tick' in seen ? detailsOf(seen.tick) : `**Not looked**: ${textOf(seen.error)}`);
    await condition(() => isAsked, interval_seconds * 1000);
    if (isHistoryLong()) await continueAsNew<typeof automateAssets>({ ...request, state });
  }
}

type Seen = { readonly tick: AutomationTick } | { readonly error: Explanation };

async function look(config: JsonObject, state: AutomationState): Promise<Seen> {
  try {
    const summary = 'what is due?';
    return { tick: await lengthy.evaluateAutomation.executeWithOptions({ summary }, [{ config, state }]) };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
    return { error: explain(toMeritloopError(error)) };
  }
}

const textOf = ({ code, message, hint }: Explanation): string => `${code}: ${message}. ${hint}`;

function viewOf(seen: Seen): AutomationLook {
  const at = new Date().toISOString();
  const none = { changed: [], stale: [], started: [], waiting: 0 };
  if ('error' in seen) return { ...none, at, error: textOf(seen.error).slice(0, LONGEST_TEXT) };
  const { changed, stale, starts, decisions } = seen.tick;
  return {
    at,
    error: null,
    changed: changed.slice(0, LISTED),
    stale: stale.slice(0, LISTED),
    started: starts.map(({ key }) => key),
    waiting: decisions.filter(({ action }) => action === 'wait').length,
  };
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
      staticSummary: `automation: ${select}`.slice(0, LONGEST_SUMMARY),
      staticDetails: listOf(reasons).slice(0, LONGEST_TEXT),
    });
  } catch (error) {
    // Started before the state was handed on: it is the same run.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const listOf = (items: readonly string[]): string =>
  [
    ...items.slice(0, LISTED).map((item) => `- ${item}`),
    ...(items.length > LISTED ? [`- and ${items.length - LISTED} more`] : []),
  ].join('\n');

/** Assets that wait for the same reason share a line. */
function detailsOf({ changed, decisions, stale, starts }: AutomationTick): string {
  const byReason = new Map<string, string[]>();
  for (const { asset, condition: kind, action, reasons } of decisions) {
    const reason = `${action} (${kind}): ${reasons.join(', ')}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), asset]);
  }
  const lines = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${title}**`, listOf(items), ''];
  return [
    ...lines('Changed inputs', changed),
    ...lines(
      'Conditions',
      [...byReason].map(([reason, assets]) => `${assets.join(', ')}: ${reason}`),
    ),
    ...lines('Not fresh', stale),
    ...lines(
      'Started',
      starts.map(({ key, select }) => `${materializeWorkflowId(key)}: ${select}`),
    ),
  ]
    .join('\n')
    .slice(0, LONGEST_TEXT);
}
