/** Turns the automation of assets on and off, and tells what it does. */
import type { Client } from '@temporalio/client';
import { SCHEDULED_ASSETS } from '../product/optimization-assets.js';
import {
  automationLook,
  LONGEST_INTERVAL_SECONDS,
  SHORTEST_INTERVAL_SECONDS,
  type AutomationLook,
} from './automation.contract.js';
import { optimizationRequest, type OptimizationRequestInput } from '../../runs/request.contract.js';
import { parseRequest } from '../../shared/parse-request.js';
import { automationWorkflowId } from '../../runs/run-id.terms.js';
import { failure } from '../../shared/errors/errors.js';
import type { JsonObject } from '../graph/fingerprint.js';
import type { automateAssets } from './automate-assets.workflow.js';
import { describeWorkflow } from '../../temporal/describe-workflow.js';
import {
  listAssetSchedules,
  pauseAssetSchedules,
  reconcileAssetSchedules,
  type AssetSchedule,
  type ReconcileReport,
} from './asset-schedules.client.js';
import { onServer } from '../../temporal/server-failures.js';

export interface AutomationOptions {
  /** What the runs that it starts are asked: the fields of an optimisation's request, all but `id`. */
  readonly config?: Omit<OptimizationRequestInput, 'id'>;
  /** Seconds between two looks: 1 to 604,800; default 300. */
  readonly intervalSeconds?: number;
}

export interface AutomationStatus {
  readonly on: boolean;
  readonly workflow_id: string;
  /** ISO 8601 UTC; null while it is off. */
  readonly since: string | null;
  readonly interval_seconds: number | null;
  readonly config: JsonObject | null;
  /** Null before the first look, which needs a worker. */
  readonly last_look: AutomationLook | null;
  readonly schedules: readonly AssetSchedule[];
}

export interface AutomationCalls {
  /**
   * Starts to look every interval, and lets the declared schedules start runs. Turned on again it goes on with the
   * new options. @throws MeritloopError REQUEST_INVALID naming the field
   */
  turnOn(options?: AutomationOptions): Promise<AutomationStatus>;
  /** Runs that it has started go on. Turned off again it stays off. */
  turnOff(): Promise<AutomationStatus>;
  status(): Promise<AutomationStatus>;
  /** Looks now rather than after the interval. @throws MeritloopError AUTOMATION_OFF */
  look(): Promise<void>;
  /** Makes the schedules match what assets declare; new ones are paused while the automation is off. */
  reconcile(): Promise<ReconcileReport>;
}

const DEFAULT_INTERVAL_SECONDS = 300;
const config = optimizationRequest.omit({ id: true });
const LOOK = 'lookNow';

/** @param address named when the server is not reached */
export function createAutomation(client: Client, taskQueue: string, address: string): AutomationCalls {
  const calls = automationOn(client, taskQueue);
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(address, call);
  return {
    turnOn: (options) => ask(() => calls.turnOn(options)),
    turnOff: () => ask(() => calls.turnOff()),
    status: () => ask(() => calls.status()),
    look: () => ask(() => calls.look()),
    reconcile: () => ask(() => calls.reconcile()),
  };
}

function automationOn(client: Client, taskQueue: string): AutomationCalls {
  const workflowId = automationWorkflowId(taskQueue);
  const keys = SCHEDULED_ASSETS.map(({ key }) => key);
  const describe = () => describeWorkflow(client, workflowId);
  const isOn = async (): Promise<boolean> => (await describe())?.status.name === 'RUNNING';
  const status = async (): Promise<AutomationStatus> => {
    const [known, schedules] = [await describe(), await listAssetSchedules(client, taskQueue, keys)];
    const on = known?.status.name === 'RUNNING';
    const memo = known?.memo ?? {};
    const look = automationLook.safeParse(memo['look']);
    return {
      on,
      workflow_id: workflowId,
      since: on ? known.startTime.toISOString() : null,
      interval_seconds: on ? Number(memo['interval_seconds']) : null,
      config: on ? (memo['config'] as JsonObject) : null,
      last_look: look.success ? look.data : null,
      schedules,
    };
  };
  return {
    status,
    async turnOn({ config: given = {}, intervalSeconds = DEFAULT_INTERVAL_SECONDS } = {}) {
      checkOptions(given, intervalSeconds);
      const runConfig = given as JsonObject;
      const options = { config: runConfig, interval_seconds: intervalSeconds };
      await client.workflow.start<typeof automateAssets>('automateAssets', {
        workflowId,
        taskQueue,
        args: [options],
        memo: options,
        workflowIdConflictPolicy: 'TERMINATE_EXISTING',
        staticSummary: 'looks for assets that are due',
      });
      await reconcileAssetSchedules(client, taskQueue, SCHEDULED_ASSETS, {
        paused: false,
        config: runConfig,
      });
      await pauseAssetSchedules(client, taskQueue, keys, false);
      return status();
    },
    async turnOff() {
      // Not cancelled: that would wait for a worker, and there is nothing to clear away.
      if (await isOn()) await client.workflow.getHandle(workflowId).terminate('turned off');
      await reconcileAssetSchedules(client, taskQueue, SCHEDULED_ASSETS);
      await pauseAssetSchedules(client, taskQueue, keys, true);
      return status();
    },
    async look() {
      if (!(await isOn())) throw failure('AUTOMATION_OFF', {});
      await client.workflow.getHandle(workflowId).signal(LOOK);
    },
    reconcile: async () =>
      reconcileAssetSchedules(client, taskQueue, SCHEDULED_ASSETS, { paused: !(await isOn()) }),
  };
}

/** @throws MeritloopError REQUEST_INVALID */
function checkOptions(given: unknown, intervalSeconds: number): void {
  parseRequest(config, given, 'config');
  const isAllowed =
    intervalSeconds >= SHORTEST_INTERVAL_SECONDS && intervalSeconds <= LONGEST_INTERVAL_SECONDS;
  if (!isAllowed)
    throw failure('REQUEST_INVALID', {
      source: 'automation',
      field: 'interval_seconds',
      value: String(intervalSeconds),
      rule: `must be from ${SHORTEST_INTERVAL_SECONDS} to ${LONGEST_INTERVAL_SECONDS} seconds`,
    });
}
