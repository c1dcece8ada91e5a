/** Schedules where the clock is put forward or back, and those that never come: told as the server's own times have it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { clockNotices, type Calendar } from '../../src/schedules/clock-notices.js';
import { createSchedules, type Schedules } from '../../src/schedules/schedules.client.js';
import { clockChanges, wallText, wallTime } from '../../src/schedules/zone-clock.js';
import { startTestServer, type TestServer } from '../workflows/environment.js';

const HOUR_MS = 3_600_000;
const every = (low: number, high: number) => [{ start: low, end: high, step: 1 }];
const at = (value: number) => every(value, value);
const calendar = (over: Partial<Calendar>): Calendar => ({
  second: at(0),
  minute: at(0),
  hour: every(0, 23),
  dayOfMonth: every(1, 31),
  month: every(1, 12),
  year: [],
  dayOfWeek: every(0, 6),
  ...over,
});
const NEW_YORK = 'America/New_York';

test.each([
  [NEW_YORK, '2027-03-14T07:00:00.000Z', '2027-03-14 02:00', '2027-03-14 03:00'],
  [NEW_YORK, '2027-11-07T06:00:00.000Z', '2027-11-07 02:00', '2027-11-07 01:00'],
  ['Europe/Vienna', '2027-03-28T01:00:00.000Z', '2027-03-28 02:00', '2027-03-28 03:00'],
  // By half an hour; the other half of the world; at midnight.
  ['Australia/Lord_Howe', '2027-10-02T15:30:00.000Z', '2027-10-03 02:00', '2027-10-03 02:30'],
  ['America/Santiago', '2027-09-05T04:00:00.000Z', '2027-09-05 00:00', '2027-09-05 01:00'],
])('%s: the change of %s', (timezone, moment, from, to) => {
  const changes = clockChanges(timezone, new Date('2027-01-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z'));
  expect(changes).toHaveLength(2);
  expect(
    changes.map((change) => [change.at.toISOString(), wallText(change.from), wallText(change.to)]),
  ).toContainEqual([moment, from, to]);
});

test('without changes of the clock there is nothing to say', () => {
  for (const timezone of ['UTC', 'Asia/Tokyo'])
    expect(clockNotices([calendar({ minute: every(0, 59) })], timezone, new Date())).toEqual([]);
});

test.each([
  [
    'once a year in the gap',
    { minute: at(30), hour: at(2), dayOfMonth: at(14), month: at(3) },
    [
      'On 2027-03-14 the clock of America/New_York goes from 02:00 to 03:00: 02:30 does not come, and nothing starts then.',
    ],
  ],
  [
    'once a year in the hour that comes twice',
    { minute: at(30), hour: at(1), dayOfMonth: at(7), month: at(11) },
    [
      'On 2027-11-07 the clock of America/New_York goes back from 02:00 to 01:00: 01:30 comes twice, and Temporal starts a run each time.',
    ],
  ],
  ['daily at a time that the change leaves alone', { hour: at(6) }, []],
  ['on another weekday', { minute: at(30), hour: at(2), dayOfWeek: at(1) }, []],
  ['in another year', { minute: at(30), hour: at(2), year: at(2030) }, []],
  [
    'every ten minutes',
    { minute: [{ start: 0, end: 59, step: 10 }], hour: at(2) },
    [
      'On 2027-03-14 the clock of America/New_York goes from 02:00 to 03:00: 02:00, 02:10, 02:20 and 3 more do not come, and nothing starts then.',
    ],
  ],
])('%s', (_, over, notices) => {
  expect(clockNotices([calendar(over)], NEW_YORK, new Date('2026-12-01T00:00:00Z'))).toEqual(notices);
});

describe('as the server has it', () => {
  let server: TestServer;
  let home: string;
  let schedules: Schedules;
  beforeAll(async () => {
    server = await startTestServer();
    home = await mkdtemp(path.join(tmpdir(), 'meritloop-clock-'));
    const { client, address } = server.environment;
    schedules = createSchedules(client, { taskQueue: 'nobody', address, home });
  });
  afterAll(async () => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  });

  /** When the server would start something, from one moment to another. */
  async function times(name: string, from: number, to: number): Promise<number[]> {
    const { client } = server.environment;
    const { startTime } = await client.workflowService.listScheduleMatchingTimes({
      namespace: client.options.namespace,
      scheduleId: name,
      startTime: msToTs(from),
      endTime: msToTs(to),
    });
    return (startTime ?? []).map((time) => tsToMs(time));
  }

  const soon = () => {
    const now = new Date();
    return clockChanges(NEW_YORK, now, new Date(now.getTime() + 365 * 24 * HOUR_MS));
  };

  test.each([
    ['forward', '30 2', 0],
    ['back', '30 1', 2],
  ])('the change %s within twelve months', async (way, time, comes) => {
    const change = soon().find(({ from, to }) => (way === 'forward' ? to > from : to < from));
    if (change === undefined) throw new Error('no change');
    const day = new Date(change.from);
    const cron = `${time} ${day.getUTCDate()} ${day.getUTCMonth() + 1} *`;
    const name = `goes-${way}`;
    await schedules.create(name, { cron, timezone: NEW_YORK });
    const { notices, next, nextLocal } = await schedules.show(name);
    expect(notices).toEqual([expect.stringContaining(`On ${wallText(change.from).slice(0, 10)} the clock`)]);
    expect(
      await times(name, change.at.getTime() - 2 * HOUR_MS, change.at.getTime() + 2 * HOUR_MS),
    ).toHaveLength(comes);
    expect(nextLocal).toEqual(next.map((moment) => wallText(wallTime(NEW_YORK, Date.parse(moment)))));
    for (const local of nextLocal) expect(local.slice(11)).toBe(way === 'forward' ? '02:30' : '01:30');
  });

  test.each([
    ['February 30', '0 6 30 2 *'],
    ['April 31', '0 6 31 4 *'],
    ['a year that is over', '0 6 1 1 * 2020'],
  ])('%s is refused, and leaves no schedule', async (_, cron) => {
    await expect(schedules.create('never', { cron })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fields: { field: 'cron', value: cron, rule: expect.stringContaining('a time that comes') },
    });
    await expect(schedules.show('never')).rejects.toMatchObject({ code: 'SCHEDULE_UNKNOWN' });
  });

  test.each([
    ['February 29', '0 6 29 2 *'],
    ['the last day of some months', '0 6 31 * *'],
    ['an interval', '@every 12h'],
    ['every minute', '* * * * *'],
  ])('%s comes', async (_, cron) => {
    await schedules.create('comes', { cron });
    expect((await schedules.show('comes')).notices).toEqual([]);
    await schedules.delete('comes');
  });
});
