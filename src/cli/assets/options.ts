/** The commands under `assets` with their options. */
import { Option, type Command } from 'commander';
import { assetInputs } from './inputs.js';
import { addAutomate } from './automate-options.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

export const DRAWINGS = ['text', 'mermaid', 'svg'] as const;

export function addAssets(program: Command, perform: Perform): void {
  const assets = program
    .command('assets')
    .description('look at the asset graph, plan what is due, and make it');
  const load = () => import('./command.js');
  const selecting = (name: string, description: string): Command =>
    addRequestOptions(
      assets
        .command(name)
        .argument('[selection]', 'the same as --select')
        .description(description)
        .option(
          '--select <expr>',
          'assets, such as "+fct_compensation_growth and not group:inputs" (default: all)',
        )
        .option('--config <json>', 'configuration of the run, such as {"target": 3}'),
      assetInputs,
    );
  const planning = (name: string, description: string): Command =>
    selecting(name, description)
      .option('--partitions <range>', 'such as 2025..2027 or 2026,2028 (default: all)')
      .option('--force', 'make what is selected, whatever is recorded');
  perform(
    selecting('list', 'list assets with group, kinds and status'),
    async () => (await load()).listAssets,
  );
  perform(
    selecting('graph', 'draw the graph with the status of each asset')
      .addOption(new Option('--format <form>', 'how to draw it').choices(DRAWINGS).default('text'))
      .option('--out <file>', 'file to write (default: print it)'),
    async () => (await load()).drawAssets,
  );
  perform(
    planning('plan', 'say for each asset and partition whether it runs, is reused or is blocked, and why'),
    async () => (await load()).planAssetRun,
  );
  perform(
    planning('materialize', 'make what is due, and nothing else')
      .option('--parallelism <n>', 'batches made at a time: 1 to 64', '8')
      .option('--id <key>', 'names the run; an open run of that name is joined'),
    async () => (await load()).materialize,
  );
  perform(
    selecting('check', 'show the latest verdict of every check; exit 1 where one fails')
      .option('--history', 'the verdicts before them too, the newest first')
      .option('--again', 'run the invariants once more, on the stored simulation of these inputs')
      .option('--limit <n>', 'most verdicts of the history: 1 to 10000', '50'),
    async () => (await load()).checkAssets,
  );
  perform(
    selecting('history', 'list what happened to assets, the newest first').option(
      '--limit <n>',
      'most events to list: 1 to 10000',
      '50',
    ),
    async () => (await load()).assetHistory,
  );
  perform(
    selecting('status', 'show status, version and age of each asset and partition'),
    async () => (await load()).assetStatus,
  );
  perform(
    planning(
      'launch-config',
      'print the JSON that starts the same from the Temporal web page or another program',
    ),
    async () => (await load()).launchConfig,
  );
  addAutomate(assets, perform);
}
