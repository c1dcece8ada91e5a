/** Answers the routes of schedules. */
import type { ScheduleDetails, ScheduleListing } from '../../client/meritloop.js';
import { mayStartUnasked, UNASKED_RULE } from '../../levers/move-policy.pure.js';
import { failure } from '../../shared/errors/errors.js';
import type { Caller } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { given, inputFiles } from '../inputs.js';
import { refusedField } from '../refusal.js';
import * as routes from './routes.js';

export const scheduleHandlers = ({ config, client }: ServerContext) => {
  const { schedule } = client;
  const shown = async (name: string) => detailsOf(await schedule.show(name));
  /** A schedule that publishes unasked is started, at once or again by the clock, by whoever may start such a run. */
  const requireMayStart = async (name: string, caller: Caller): Promise<void> => {
    const { request } = await schedule.show(name);
    if (request.apply === 'on-convergence' && !mayStartUnasked(caller))
      throw failure('SCHEDULE_PUBLISHES', { schedule: name, user: caller.user });
  };
  return newApi()
    .openapi(routes.getSchedules, async (context) =>
      context.json({ schedules: (await schedule.list()).map(listingOf) }, 200),
    )
    .openapi(routes.postSchedule, async (context) => {
      const { name, cron, timezone, overlap, catchup_window, note, request } = context.req.valid('json');
      const { census, lever_set, ...asked } = request ?? { census: undefined, lever_set: undefined };
      const caller = context.get('caller');
      if (request?.apply === 'on-convergence' && !mayStartUnasked(caller))
        throw refusedField('request.apply', request.apply, UNASKED_RULE);
      const files = await inputFiles(config, { census, lever_set });
      const requested_by = caller.user;
      await schedule.create(name, {
        cron,
        timezone,
        overlap,
        catchupWindow: catchup_window,
        note,
        request: { ...given(asked), ...files, requested_by },
      });
      return context.json(await shown(name), 201);
    })
    .openapi(routes.getSchedule, async (context) =>
      context.json(await shown(context.req.valid('param').name), 200),
    )
    .openapi(routes.pauseSchedule, async (context) => {
      const { name } = context.req.valid('param');
      const { reason } = context.req.valid('json');
      await schedule.pause(name, reason ?? `paused by ${context.get('caller').user}`);
      return context.json(await shown(name), 200);
    })
    .openapi(routes.resumeSchedule, async (context) => {
      const { name } = context.req.valid('param');
      await requireMayStart(name, context.get('caller'));
      await schedule.resume(name, `resumed by ${context.get('caller').user}`);
      return context.json(await shown(name), 200);
    })
    .openapi(routes.triggerSchedule, async (context) => {
      const { name } = context.req.valid('param');
      await requireMayStart(name, context.get('caller'));
      const { runId, outcome } = await schedule.trigger(name);
      return context.json({ run_id: runId ?? null, outcome }, 202);
    })
    .openapi(routes.deleteSchedule, async (context) => {
      const { name } = context.req.valid('param');
      await schedule.delete(name);
      return context.body(null, 204);
    });
};

const listingOf = ({ name, cron, timezone, paused, note, next, nextLocal, recent }: ScheduleListing) => ({
  name,
  cron: cron ?? null,
  timezone: timezone ?? null,
  paused,
  note: note ?? null,
  next: [...next],
  next_local: [...nextLocal],
  recent: [...recent],
});

const detailsOf = (details: ScheduleDetails) => ({
  ...listingOf(details),
  overlap: details.overlap,
  catchup_seconds: details.catchupSeconds,
  running: [...details.running],
  started: details.started,
  skipped: details.skipped,
  missed: details.missed,
  notices: [...details.notices],
  request: { ...details.request } as Record<string, unknown>,
});
