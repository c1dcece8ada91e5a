/** The `schedule` commands with their options. */
import type { Command } from 'commander';
import { optimizationRequest } from '../../runs/request.contract.js';
import { OVERLAPS } from '../../schedules/schedule.contract.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

const NAME = 'schedule, as named at its creation';
const load = () => import('./command.js');

export function addSchedules(program: Command, perform: Perform): void {
  const schedules = program.command('schedule').description('runs that start by the clock');
  perform(
    addRequestOptions(
      schedules
        .command('create')
        .description('start a run whenever the cron expression says so')
        .argument('<name>', 'name of the schedule; begins the names of its runs')
        .requiredOption('--cron <expression>', 'such as "0 6 * * 1", @daily or "@every 12h"')
        .option('--timezone <name>', 'of the cron expression, such as Europe/Vienna (default: UTC)')
        .option('--overlap <policy>', `while a run is open: ${OVERLAPS.join(', ')} (default: skip)`)
        .option(
          '--catchup-window <length>',
          'runs missed while no server was up this long or less are made up for (default: 1h)',
        )
        .option('--note <text>', 'what the schedule is for'),
      optimizationRequest.omit({ id: true }),
    ),
    async () => (await load()).createSchedule,
  );
  perform(
    schedules.command('list').description('list schedules with their next and latest runs'),
    async () => (await load()).listSchedules,
  );
  const named = (name: string, description: string): Command =>
    schedules.command(name).description(description).argument('<name>', NAME);
  perform(
    named('show', 'show a schedule, its request and its runs'),
    async () => (await load()).showSchedule,
  );
  perform(named('trigger', 'start a run now'), async () => (await load()).triggerSchedule);
  perform(
    named('pause', 'start no more runs until it is resumed').requiredOption(
      '--reason <text>',
      'why; stands as the note of the schedule',
    ),
    async () => (await load()).pauseSchedule,
  );
  perform(named('resume', 'let a paused schedule go on'), async () => (await load()).resumeSchedule);
  perform(
    named('delete', 'remove a schedule; runs that it started stay'),
    async () => (await load()).deleteSchedule,
  );
}
