/** Activity `evaluateAutomation`: one look at what is due, changed or no longer fresh. */
import { activityInfo } from '@temporalio/activity';
import {
  evaluateAutomation as evaluate,
  type AutomationState,
  type AutomationTick,
} from '../assets/evaluate-automation.js';
import type { AssetHost } from '../assets/host.js';
import type { JsonObject } from '../graph/fingerprint.js';
import { eventId } from './event-id.js';
import { whileBeating } from './heartbeat.js';

export interface AutomationInput {
  readonly config: JsonObject;
  readonly state: AutomationState;
}

export const evaluateAutomation =
  (assets: AssetHost) =>
  async ({ config, state }: AutomationInput): Promise<AutomationTick> => {
    const info = activityInfo();
    const run = info.workflowExecution?.workflowId ?? '';
    return whileBeating(() => evaluate(assets, config, state, { run, tick: eventId(info), now: new Date() }));
  };
