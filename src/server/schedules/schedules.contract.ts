/** Requests and responses of schedules. */
import { z } from 'zod';
import { newSchedule } from '../../schedules/schedule.contract.js';
import { runStart } from '../runs/runs.contract.js';

export const scheduleParam = z.object({ name: newSchedule.shape.name.describe('Schedule.') });

export const scheduleStart = newSchedule
  .extend({ request: runStart.optional().describe('What each run asks for; default: every default.') })
  .meta({ id: 'NewSchedule' });

export const scheduleListing = z
  .object({
    name: z.string(),
    cron: z.string().nullable().describe('As it was created; null where another program made it.'),
    timezone: z.string().nullable(),
    paused: z.boolean(),
    note: z.string().nullable(),
    next: z.array(z.string()).describe('ISO 8601.'),
    next_local: z.array(z.string()).describe('The same on the clock of its time zone: 2027-03-14 02:30.'),
    recent: z.array(z.string()).describe('Run ids, the latest last.'),
  })
  .meta({ id: 'ScheduleListing' });
export const scheduleList = z.object({ schedules: z.array(scheduleListing) }).meta({ id: 'ScheduleList' });

export const scheduleDetails = scheduleListing
  .extend({
    overlap: z.string(),
    catchup_seconds: z.number(),
    running: z.array(z.string()).describe('Run ids that are open now.'),
    started: z.int(),
    skipped: z.int().describe('Passed over since another run was open.'),
    missed: z.int().describe('Due while the server was away for longer than the catch-up window.'),
    notices: z
      .array(z.string())
      .describe('What changes of the clock do to it within twelve months; that no time of it ever comes.'),
    request: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ScheduleDetails' });

export const schedulePause = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });
export const triggered = z
  .object({ run_id: z.string().nullable(), outcome: z.enum(['started', 'skipped', 'waiting']) })
  .meta({ id: 'Triggered' });
