/** The commands under `levers` with their options. */
import { Option, type Command } from 'commander';
import { optimizationRequest } from '../../runs/request.contract.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

const scenario = optimizationRequest.pick({ scenario: true });

export function addLevers(program: Command, perform: Perform): void {
  const levers = program.command('levers').description('look at levers, change them, and go back');
  const look = async () => import('./command.js');
  perform(
    addRequestOptions(
      levers.command('show').description('show the levers of a scenario by level and year'),
      optimizationRequest.pick({ levers: true, scenario: true }),
    ),
    async () => (await look()).showLevers,
  );
  perform(
    levers
      .command('validate')
      .description('check a lever file')
      .argument('[file]', 'lever file (default: the current set)'),
    async () => (await look()).validateLevers,
  );
  perform(
    levers
      .command('history')
      .description('list who changed which levers, when and why, the newest first')
      .option('--scenario <name>', 'of this scenario alone'),
    async () => (await look()).leverHistory,
  );
  perform(
    addRequestOptions(
      levers
        .command('diff')
        .description('show what differs between two sets of levers')
        .argument('[a]', 'fingerprint, file, scenario or current (default: the set before the current one)')
        .argument('[b]', 'the same (default: current)'),
      scenario,
    ),
    async () => (await look()).diffLevers,
  );
  perform(
    addRequestOptions(
      levers
        .command('export')
        .description('write the current levers of a scenario to a file')
        .requiredOption('--out <file>', 'file to write'),
      scenario,
    ),
    async () => (await look()).exportLevers,
  );
  addMoves(levers, perform);
}

function addMoves(levers: Command, perform: Perform): void {
  const moves = async () => import('./moves-command.js');
  perform(
    withMoveOptions(
      levers
        .command('set')
        .description('set levers by hand, such as merit_base=.035')
        .argument('[assignment...]', 'parameter=value, a decimal')
        .option('--years <list>', 'fiscal years, such as 2025-2027,2029 (default: all that have levers)')
        .option('--level <list>', 'job levels, such as 1-3,5 (default: all)')
        .option('--inherit', 'take over the levers of the parent scenarios as they are now'),
    ),
    async () => (await moves()).setLevers,
  );
  perform(
    withMoveOptions(
      levers
        .command('import')
        .description('make a lever file the current levers of a scenario')
        .argument('<file>', 'lever file'),
    ),
    async () => (await moves()).importLevers,
  );
  perform(
    withMoveOptions(
      levers
        .command('rollback')
        .description('go back to earlier levers of a scenario')
        .addOption(
          new Option('--to <fingerprint>', 'a set from its history, by the start').conflicts('steps'),
        )
        .option('--steps <n>', 'so many sets back (default: 1)'),
    ),
    async () => (await moves()).rollbackLevers,
  );
}

const withMoveOptions = (command: Command): Command =>
  addRequestOptions(command, scenario)
    .requiredOption('--reason <text>', 'why, for the history')
    .option('--by <who>', 'who, for the history (default: the user of this computer)')
    .option('--expected <fingerprint>', 'refuse unless this set is current, by the start');
