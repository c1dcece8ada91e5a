/** Activity `evaluateAutomation`: one look at what is due, changed or no longer fresh. */
import { activityInfo } from '@temporalio/activity';
import { evaluateAutomation as evaluate, type AutomationState, type AutomationTick } from './evaluate.js';
import type { AssetHost } from '../host.js';
import type { JsonObject } from '../graph/fingerprint.js';
import { eventId } from '../../temporal/event-id.js';
import { whileBeating } from '../../temporal/heartbeat.js';
import type { ActivityDependencies } from '../../ports.js';

export interface AutomationInput {
  readonly config: JsonObject;
  readonly state: AutomationState;
}

/** Reasons of a start that the audit log lists; those of each step stand with its `planned` event. */
const LISTED = 20;

/** What it starts stands in the audit log, before it is started. */
export const evaluateAutomation =
  ({ catalog }: Pick<ActivityDependencies, 'catalog'>, assets: AssetHost) =>
  async ({ config, state }: AutomationInput): Promise<AutomationTick> => {
    const info = activityInfo();
    const run = info.workflowExecution?.workflowId ?? '';
    const now = new Date();
    return whileBeating(async () => {
      const tick = await evaluate(assets, config, state, { run, tick: eventId(info), now });
      await catalog.recordAudit(
        tick.starts.map(({ key, select, partitions, reasons }) => ({
          id: eventId(info, key),
          action: 'automation_started',
          subject: run,
          actor: 'automation',
          run: key,
          recorded_at: now.toISOString(),
          details: {
            select,
            partitions,
            reasons: reasons.slice(0, LISTED).join('; '),
            more_reasons: Math.max(0, reasons.length - LISTED),
          },
        })),
      );
      return tick;
    });
  };
