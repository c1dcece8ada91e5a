/** The command `grid` with its options. */
import type { Command } from 'commander';
import { gridCommon, MOST_CELLS, MOST_PARALLEL } from '../../grids/grid.contract.js';
import { STRATEGIES } from '../../shared/contract/choices.terms.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

export function addGrid(program: Command, perform: Perform): void {
  const command = program
    .command('grid')
    .description('tune for every target, strategy, scenario and seed, and compare growth with payroll')
    .option(
      '--targets <list>',
      'growths to reach, percent: from -50 to 50, such as 1.5,2.0 or 1.5..3.0:0.5 (default: 2)',
    )
    .option('--strategies <list>', `any of ${STRATEGIES.join(', ')} (default: balanced)`)
    .option('--scenarios <list>', 'scenarios whose levers are used (default: default)')
    .option('--seeds <list>', 'random seeds, such as 42,43 or 42..45 (default: of the workforce settings)')
    .option(
      '--parallel <n>',
      `cells at work at a time: a whole number from 1 to ${MOST_PARALLEL} (default: 2)`,
    );
  perform(
    addRequestOptions(command, gridCommon)
      .option('--rerun', 'run again under an --id that has finished; cells of the same inputs are reused')
      .addHelpText(
        'after',
        `\nA grid has at most ${MOST_CELLS} cells: one for each combination of the lists.`,
      ),
    async () => (await import('./command.js')).grid,
  );
  perform(
    command.command('list').description('the grids of this home: open ones, then those that ended last'),
    async () => (await import('./command.js')).listedGrids,
  );
  perform(
    command.command('show').argument('<id>').description('the table of a grid; of an open one so far'),
    async () => (await import('./command.js')).shownGrid,
  );
}
