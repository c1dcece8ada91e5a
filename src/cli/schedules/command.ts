/** `schedule …`: optimisation runs that start by the clock. */
import type { MeritloopClient, ScheduleDetails, ScheduleListing } from '../../client/meritloop.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { brokenRule } from '../../shared/contract/rule.contract.js';
import { newSchedule } from '../../schedules/schedule.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { checkSupported } from '../../tuning/measure.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { requiredText } from '../option-values.js';
import { renderSchedule, renderSchedules } from './render.js';
import { readRequest } from '../request-options.js';
import { withClient } from '../session.js';
import { systemUser } from '../system-user.js';

/** What a schedule repeats; each of its runs gets a name of its own. */
const scheduledRequest = optimizationRequest.omit({ id: true });

/** Said where runs would wait: the embedded server lives only while a process holds it. */
const NEEDS_SERVER =
  'Schedules fire only while a server (`meritloop server`) and a worker (`meritloop worker`) are up.';

/** What is wrong is refused before a server is started; only the server knows each time of a cron expression. */
export const createSchedule: Handler = async (context, input) => {
  const { name, cron, timezone, overlap, catchup_window, note } = readSchedule(input);
  const request = readRequest(scheduledRequest, input.options, context.cwd);
  checkSupported(request);
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return withClient(context, { worker: false }, async (client) => {
    const rest = { timezone, overlap, catchupWindow: catchup_window, note };
    await client.schedule.create(name, { cron, request: named, ...rest });
    return show(context, await client.schedule.show(name), `Schedule ${name} is created.`);
  });
};

export const listSchedules: Handler = (context) =>
  withClient(context, { worker: false }, async (client) => {
    const schedules = await client.schedule.list();
    context.output.show({ schedules: schedules.map(documentOf) }, (style) =>
      renderSchedules(schedules, style),
    );
    return 0;
  });

const onSchedule =
  (
    act: (context: CliContext, client: MeritloopClient, name: string, input: CommandInput) => Promise<number>,
  ) =>
  async (context: CliContext, input: CommandInput): Promise<number> => {
    const name = requiredText('<name>', input.args[0]);
    return withClient(context, { worker: false }, (client) => act(context, client, name, input));
  };

export const showSchedule: Handler = onSchedule(async (context, client, name) =>
  show(context, await client.schedule.show(name)),
);

export const triggerSchedule: Handler = onSchedule(async (context, client, name) => {
  const { outcome, runId } = await client.schedule.trigger(name);
  context.output.show({ name, outcome, run_id: runId ?? null }, () =>
    [TRIGGERED[outcome](runId ?? ''), ...serverNote(context)].join('\n'),
  );
  return 0;
});

const TRIGGERED = {
  started: (run: string) => `Run ${run} is started: follow it with \`meritloop runs watch ${run}\`.`,
  skipped: () => 'No run is started: one is open, and the schedule lets others pass until it ends.',
  waiting: () => 'A run is due: it starts when the open one has ended.',
} as const;

export const pauseSchedule: Handler = async (context, input) => {
  const reason = requiredText('--reason', input.options['reason']);
  return onSchedule(async (_context, client, name) => {
    await client.schedule.pause(name, reason);
    return show(context, await client.schedule.show(name), `Schedule ${name} is paused.`);
  })(context, input);
};

export const resumeSchedule: Handler = onSchedule(async (context, client, name) => {
  await client.schedule.resume(name, 'resumed');
  return show(context, await client.schedule.show(name), `Schedule ${name} goes on.`);
});

export const deleteSchedule: Handler = onSchedule(async ({ output }, client, name) => {
  await client.schedule.delete(name);
  output.show({ name, deleted: true }, () => `Schedule ${name} is deleted; runs that it started stay.`);
  return 0;
});

function show(context: CliContext, schedule: ScheduleDetails, said?: string): number {
  context.output.show(detailsDocument(schedule), (style) =>
    [...(said === undefined ? [] : [said]), renderSchedule(schedule, style), ...serverNote(context)].join(
      '\n',
    ),
  );
  return 0;
}

const serverNote = ({ config }: CliContext): string[] =>
  config.temporalAddress === undefined ? ['', NEEDS_SERVER] : [];

function readSchedule({ args, options }: CommandInput): ReturnType<typeof newSchedule.parse> {
  const { cron, timezone, overlap, catchupWindow: catchup_window, note } = options;
  const input = { name: args[0], cron, timezone, overlap, catchup_window, note };
  const parsed = newSchedule.safeParse(input);
  if (parsed.success) return parsed.data;
  const { field, value, rule } = brokenRule(newSchedule, parsed.error, input);
  throw failure('REQUEST_INVALID', {
    source: 'command line',
    field: field === 'name' ? '<name>' : `--${field.replaceAll('_', '-')}`,
    value,
    rule,
  });
}

const documentOf = ({ name, cron, timezone, paused, note, next, nextLocal, recent }: ScheduleListing) => ({
  name,
  cron: cron ?? null,
  timezone: timezone ?? null,
  paused,
  note: note ?? null,
  next,
  next_local: nextLocal,
  recent,
});

const detailsDocument = (schedule: ScheduleDetails) => ({
  ...documentOf(schedule),
  overlap: schedule.overlap,
  catchup_seconds: schedule.catchupSeconds,
  running: schedule.running,
  started: schedule.started,
  skipped: schedule.skipped,
  missed: schedule.missed,
  notices: schedule.notices,
  request: schedule.request,
});
