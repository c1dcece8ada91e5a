/** The commands under `assets automate` with their options. */
import type { Command } from 'commander';
import { assetInputs } from './inputs.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

const load = () => import('./automate-command.js');
const CONFIG = 'configuration of the runs, such as {"target": 3}';

export function addAutomate(assets: Command, perform: Perform): void {
  const automate = assets.command('automate').description('make assets without anybody asking; off at first');
  const configured = (name: string, description: string): Command =>
    addRequestOptions(
      automate.command(name).description(description).option('--config <json>', CONFIG),
      assetInputs,
    );
  perform(
    configured('on', 'look for changed files and for what is due, and start it').option(
      '--interval <length>',
      'between two looks, such as 30s, 5m or 1h',
      '5m',
    ),
    async () => (await load()).turnAutomationOn,
  );
  perform(
    automate.command('off').description('start nothing any more; runs that it started go on'),
    async () => (await load()).turnAutomationOff,
  );
  perform(
    automate.command('status').description('show whether it is on, its latest look and what it started'),
    async () => (await load()).showAutomation,
  );
  perform(
    configured('evaluate', 'say what it would start now, and why; changes nothing'),
    async () => (await load()).evaluateNow,
  );
  perform(
    automate.command('look').description('look now rather than after the interval'),
    async () => (await load()).lookForChanges,
  );
}
