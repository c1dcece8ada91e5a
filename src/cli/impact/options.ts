/** The command `impact` with its options. */
import { Option, type Command } from 'commander';
import { HEAT_MAPS, impactRequest } from '../../impact/impact.contract.js';
import type { Perform } from '../context.js';
import { addRequestOptions } from '../request-options.js';

export function addImpact(program: Command, perform: Perform): void {
  const command = program
    .command('impact')
    .description('show what levers do to growth and payroll, from simulations')
    .argument('[lever...]', 'levers to compare with, such as merit_base=.035')
    .option('--years <list>', 'fiscal years of the assignments, such as 2026-2027,2029 (default: all)')
    .option('--level <list>', 'job levels of the assignments, such as 1-3,5 (default: all)')
    .option('--proposed <set>', 'levers to compare with: file, fingerprint, or scenario')
    .option(
      '--plan-years <first-last>',
      'plan years, such as 2025-2029 (default: of the workforce settings)',
    );
  perform(
    addRequestOptions(command, impactRequest.omit({ years: true, requested_by: true, target_mode: true }))
      .addOption(
        new Option(
          '--target-mode <mode>',
          'the one figure of growth: average, final-year (default: average)',
        ),
      )
      .option('--no-sensitivities', 'leave out tornado and elasticities')
      .option(
        '--heat-map <by>',
        `a step of each lever in each ${HEAT_MAPS.slice(1).join(', ')} alone (default: none)`,
      ),
    async () => (await import('./command.js')).impact,
  );
}
