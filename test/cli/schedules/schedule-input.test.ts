/** What `schedule` cannot take is refused before a server is started: exit 2, naming option, value and rule. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newSchedule, windowMs } from '../../../src/schedules/schedule.contract.js';
import { runInProcess } from '../capture.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-schedule-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const create = ['schedule', 'create', 'weekly', '--cron', '0 6 * * 1'];
const WINDOW = 'must be a whole number with s, m, h or d, such as 1h, from 10s to 365d';

test.each([
  [['schedule', 'create', 'two words', '--cron', '@daily'], '<name> = two words: must be letters, digits'],
  [['schedule', 'create', 'x'.repeat(101), '--cron', '@daily'], '<name> = xxx'],
  [['schedule', 'create', 'a', '--cron', 'whenever'], '--cron = whenever: must be a cron expression'],
  [['schedule', 'create', 'a', '--cron', ''], '--cron = "": must be a cron expression'],
  [
    [...create, '--timezone', 'Mars/Base'],
    '--timezone = Mars/Base: must be a time zone such as Europe/Vienna',
  ],
  [
    [...create, '--overlap', 'queue'],
    '--overlap = queue: must be one of skip, buffer-one, allow-all, cancel-other',
  ],
  [[...create, '--catchup-window', '1 hour'], `--catchup-window = 1 hour: ${WINDOW}`],
  [[...create, '--catchup-window', '9s'], `--catchup-window = 9s: ${WINDOW}`],
  [[...create, '--catchup-window', '366d'], `--catchup-window = 366d: ${WINDOW}`],
  [[...create, '--note', ''], '--note = "": must not be empty'],
  [[...create, '--tolerance', '9'], '--tolerance = 9: must be a number from 0.001 to 5'],
  [[...create, '--census', 'nowhere.csv'], '--census: no file at'],
  [[...create, '--id', 'mine'], "unknown option '--id'"],
  [['schedule', 'create', 'weekly'], "required option '--cron <expression>' not specified"],
  [['schedule', 'pause', 'weekly'], "required option '--reason <text>' not specified"],
  [['schedule', 'pause', 'weekly', '--reason', ' '], '--reason =  : must not be empty'],
  [['schedule', 'show'], "missing required argument 'name'"],
])('%j', async (argv, problem) => {
  const { exitCode, stdout, stderr } = await runInProcess(
    [...argv, '--home', path.join(folder, 'home')],
    folder,
  );
  expect(stderr).toContain(problem);
  expect({ exitCode, stdout, stored: await readdir(folder) }).toEqual({
    exitCode: 2,
    stdout: '',
    stored: [],
  });
});

test('a schedule without more than a name and a cron expression has every default', () => {
  expect(newSchedule.parse({ name: 'weekly', cron: '@weekly' })).toEqual({
    name: 'weekly',
    cron: '@weekly',
    timezone: 'UTC',
    overlap: 'skip',
    catchup_window: '1h',
  });
});

test('a catch-up window is its number times its unit', () => {
  const units = fc.constantFrom(['s', 1000] as const, ['m', 60_000] as const, ['h', 3_600_000] as const);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), units, (amount, [unit, length]) => {
      expect(windowMs(`${amount}${unit}`)).toBe(amount * length);
    }),
  );
});
