/** Schedules as text. */
import { expect, test } from '@jest/globals';
import type { ScheduleDetails } from '../../../src/client/meritloop.js';
import { renderSchedule, renderSchedules } from '../../../src/cli/schedules/render.js';
import { PLAIN } from '../../../src/cli/render/style.js';

const SCHEDULE: ScheduleDetails = {
  name: 'weekly',
  cron: '0 6 * * 1',
  timezone: 'Europe/Vienna',
  paused: false,
  note: 'Mondays',
  next: ['2026-01-05T05:00:00.000Z', '2026-01-12T05:00:00.000Z'],
  nextLocal: ['2026-01-05 06:00', '2026-01-12 06:00'],
  recent: ['weekly-2025-12-29T05-00-00Z'],
  overlap: 'skip',
  catchupSeconds: 3600,
  request: { target: 2.5 },
  running: [],
  started: 1,
  skipped: 2,
  missed: 0,
  notices: ['On 2026-03-29 the clock goes.'],
};

test('one schedule, without lines that would be empty', () => {
  expect(renderSchedule(SCHEDULE, PLAIN)).toBe(`Schedule:           weekly
State:              active
Note:               Mondays
When:               0 6 * * 1 (Europe/Vienna)
Next (UTC):         2026-01-05 05:00, 2026-01-12 05:00
Next (local):       2026-01-05 06:00, 2026-01-12 06:00
Note that:          On 2026-03-29 the clock goes.
While one is open:  skip
Made up for:        what was missed in the last 1 h 00 min
Latest runs:        weekly-2025-12-29T05-00-00Z
So far:             1 started, 2 skipped while one was open, 0 missed
Request:            {"target":2.5}`);
});

test('the list; a paused schedule has no next run', () => {
  const paused = {
    ...SCHEDULE,
    name: 'quarterly',
    paused: true,
    cron: undefined,
    timezone: undefined,
    recent: [],
  };
  expect(renderSchedules([SCHEDULE, paused], PLAIN)).toBe(
    `schedule   state   cron       time zone      next (UTC)        latest run
─────────  ──────  ─────────  ─────────────  ────────────────  ───────────────────────────
weekly     active  0 6 * * 1  Europe/Vienna  2026-01-05 05:00  weekly-2025-12-29T05-00-00Z
quarterly  paused`,
  );
});

test('an empty list says how to begin', () => {
  expect(renderSchedules([], PLAIN)).toContain('meritloop schedule create');
});
