/** The commands `scenario …` and `audit` with their options. */
import type { Command } from 'commander';
import type { Perform } from '../context.js';

export function addGovernance(program: Command, perform: Perform): void {
  const scenario = program.command('scenario').description('clone, compare and promote scenarios');
  const commands = async () => import('./scenario-command.js');
  perform(
    scenario.command('list').description('list the scenarios with what they inherit from'),
    async () => (await commands()).listAll,
  );
  perform(
    withReason(
      scenario
        .command('clone')
        .description('make a scenario from another')
        .argument('<source>', 'scenario to start from')
        .argument('<name>', 'name of the new one')
        .option('--inherit', 'inherit from the source instead of copying its levers')
        .option('--description <text>', 'what it is for'),
    ),
    async () => (await commands()).clone,
  );
  perform(
    scenario
      .command('compare')
      .description('show the levers that differ between two scenarios')
      .argument('<from>', 'scenario')
      .argument('<to>', 'scenario'),
    async () => (await commands()).compare,
  );
  perform(
    withReason(
      scenario
        .command('promote')
        .description("make a scenario's levers the current ones of another")
        .argument('<source>', 'scenario whose levers are taken')
        .argument('<target>', 'scenario that gets them')
        .requiredOption('--approved-by <who>', 'who approves it: not who asks')
        .option('--expected <fingerprint>', 'refuse unless the target shows this set, by the start'),
    ),
    async () => (await commands()).promote,
  );
  perform(
    program
      .command('audit')
      .description('show who changed which lever when, why, and on whose approval')
      .option('--scenario <name>', 'of this scenario alone')
      .option('--lever <list>', 'of these parameters alone, such as merit_base,cola_rate')
      .option('--years <list>', 'of these fiscal years alone, such as 2025-2027,2029')
      .option('--level <list>', 'of these job levels alone, such as 1-3,5')
      .option('--who <name>', 'moved, asked for or decided by this person')
      .option('--run <id>', 'of this run alone'),
    async () => (await import('./audit-command.js')).audit,
  );
}

const withReason = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', 'why, for the history')
    .option('--by <who>', 'who asks, for the history (default: the user of this computer)');
