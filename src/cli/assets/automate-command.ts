/** `assets automate …`: what is made without anybody asking, by conditions and by the clock. */
import { existsSync } from 'node:fs';
import { staleReasons, viewAutomation } from '../../assets/automation/evaluate.js';
import { createCatalog } from '../../assets/catalog/catalog.js';
import type { AutomationStatus, MeritloopClient } from '../../client/meritloop.js';
import { windowMs } from '../../schedules/schedule.contract.js';
import { assetRequest, withAssets } from './session.js';
import type { CliContext, Handler } from '../context.js';
import { refusedOption } from '../option-values.js';
import { renderAutomation, renderEvaluation, type AutomationDocument } from './render-automation.js';
import { withClient } from '../session.js';

const LONGEST_INTERVAL_MS = 7 * 86_400_000;
const STARTS_SHOWN = 5;

/** Said where nothing would happen: the embedded server lives only while a process holds it. */
const NEEDS_WORKER =
  'It looks only while a worker (`meritloop worker`) is up; `meritloop assets automate off` ends it.';

export const turnAutomationOn: Handler = (context, input) => {
  const { config } = assetRequest(context, input);
  const intervalSeconds = readInterval(input.options['interval']);
  return withClient(context, { worker: false }, async (client) => {
    // As it was given: `assetRequest` has read the options, the client checks the fields.
    const options = { config, intervalSeconds };
    await show(context, await client.automation.turnOn(options), NEEDS_WORKER);
    return 0;
  });
};

const onClient =
  (act: (client: MeritloopClient, context: CliContext) => Promise<void>): Handler =>
  (context) =>
    withClient(context, { worker: false }, async (client) => {
      await act(client, context);
      return 0;
    });

export const turnAutomationOff = onClient(async (client, context) =>
  show(context, await client.automation.turnOff()),
);

export const showAutomation = onClient(async (client, context) =>
  show(context, await client.automation.status()),
);

export const lookForChanges = onClient(async (client, { output }) => {
  await client.automation.look();
  output.show({ asked: true }, () => 'Asked to look now; see `meritloop assets automate status`.');
});

/** Nothing is started or written: neither a server nor a worker is needed. */
export const evaluateNow: Handler = (context, input) =>
  withAssets(context, input, async ({ seen, request, now }) => {
    const fresh = { observed: {}, asked: {} };
    const { changed, decisions, judged } = viewAutomation(seen, request.config, fresh, now);
    const document = {
      changed: changed.map(({ id }) => id),
      decisions: decisions.map(({ asset, condition, action, partitions, reasons }) => ({
        asset,
        condition,
        action,
        partitions,
        reasons,
      })),
      stale: staleReasons(judged),
    };
    context.output.show(document, (style) => renderEvaluation(document, style));
    return 0;
  });

async function show(context: CliContext, status: AutomationStatus, note?: string): Promise<void> {
  const document: AutomationDocument = { ...status, started: await latestStarts(context) };
  context.output.show(document, (style) =>
    [renderAutomation(document, style), ...(note === undefined ? [] : ['', note])].join('\n'),
  );
}

/** From the audit log, which outlives Temporal's histories. */
async function latestStarts({ config, logger }: CliContext): Promise<AutomationDocument['started']> {
  const catalog = createCatalog(config, logger);
  try {
    if (catalog.kind === 'sqlite' && !existsSync(catalog.place)) return [];
    const entries = await catalog.auditTrail({ action: 'automation_started', limit: STARTS_SHOWN });
    return entries.map(({ recorded_at, run, details }) => ({
      at: recorded_at,
      run: run ?? '',
      select: String(details['select']),
      reasons: String(details['reasons']),
    }));
  } finally {
    await catalog.close();
  }
}

/** @throws MeritloopError REQUEST_INVALID */
function readInterval(text: unknown): number {
  const length = typeof text === 'string' ? windowMs(text) : undefined;
  if (length !== undefined && length >= 1000 && length <= LONGEST_INTERVAL_MS) return length / 1000;
  throw refusedOption(
    '--interval',
    text,
    'must be a whole number with s, m, h or d, such as 5m, from 1s to 7d',
  );
}
