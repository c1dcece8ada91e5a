/** `company rollback | remove`: changes of a company by its history. */
import { Companies } from '../../companies/companies.js';
import { removeCompany } from '../../companies/remove-company.client.js';
import type { CommandInput, Handler } from '../context.js';
import { refusedOption, requiredText, wholeNumber } from '../option-values.js';
import { systemUser } from '../system-user.js';
import { named } from './command.js';
import { renderCompany } from './render.js';

export const rollback: Handler = async (context, input) => {
  const version = wholeNumber('<version>', input.args[0], 1, 1_000_000);
  const company = await new Companies(context.config).rollback(
    named(context, undefined),
    version,
    noteOf(input, `back to version ${version}`),
  );
  context.output.show(company, (style) => renderCompany(company, style));
  return 0;
};

export const remove: Handler = async ({ config, logger, output }, { args, options }) => {
  const company = requiredText('<name>', args[0]);
  if (options['yes'] !== true)
    throw refusedOption('--yes', '', `must be given: ${company} goes with its runs, simulations and levers`);
  await removeCompany(config, company, logger);
  output.show({ removed: company }, () => `Company ${company} has been removed.`);
  return 0;
};

/** Who does it and why. @throws MeritloopError REQUEST_INVALID where one of them is empty */
export function noteOf({ options }: CommandInput, reason: string): { by: string; reason: string } {
  return {
    by: options['by'] === undefined ? (systemUser() ?? 'unknown') : requiredText('--by', options['by']),
    reason: options['reason'] === undefined ? reason : requiredText('--reason', options['reason']),
  };
}
