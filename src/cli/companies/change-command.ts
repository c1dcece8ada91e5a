/** `company rollback | remove`: changes of a company by its history. */
import path from 'node:path';
import { changeSettings, proposedSettings, type SettingChange } from '../../companies/change-settings.js';
import { Companies } from '../../companies/companies.js';
import { removeCompany } from '../../companies/remove-company.client.js';
import type { CommandInput, Handler } from '../context.js';
import { refusedOption, requiredText, wholeNumber } from '../option-values.js';
import { systemUser } from '../system-user.js';
import { named } from './command.js';
import { evidenceTable } from './render-report.js';
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

export const set: Handler = async (context, input) => {
  const changes = input.args.map((word): SettingChange => {
    const at = word.lastIndexOf('=');
    const [setting, text] = [word.slice(0, Math.max(0, at)), word.slice(at + 1)];
    if (setting === '' || !/^-?(\d+\.?\d*|\.\d+)$/.test(text))
      throw refusedOption('<setting>', word, 'must look like headcount_growth=.02');
    return [setting, Number(text)];
  });
  if (changes.length === 0) throw refusedOption('<setting>', '', 'must name a setting and its value');
  const company = await changeSettings(
    context.config,
    named(context, undefined),
    changes,
    noteOf(input, `set ${input.args.join(' ')}`),
  );
  context.output.show(company, (style) => renderCompany(company, style));
  return 0;
};

/** Shows what the census says beside what stands; with `--accept` makes the named ones, or all, the next version. */
export const fit: Handler = async (context, input) => {
  const { config, output } = context;
  const name = named(context, undefined);
  const proposals = await proposedSettings(config, name);
  const { accept } = input.options;
  if (accept === undefined) {
    output.show({ company: name, proposals }, (style) =>
      proposals.length === 0 ? 'The settings are what the census says.' : evidenceTable(proposals, style),
    );
    return 0;
  }
  const wanted = requiredText('--accept', accept)
    .split(',')
    .map((each) => each.trim());
  const unknown = wanted.find((each) => each !== 'all' && !proposals.some(({ setting }) => setting === each));
  if (unknown !== undefined)
    throw refusedOption('--accept', unknown, 'must be all, or settings that are proposed');
  const taken = proposals.filter(({ setting }) => wanted.includes('all') || wanted.includes(setting));
  const company = await changeSettings(
    config,
    name,
    taken.map(({ setting, proposed }) => [setting, proposed]),
    noteOf(input, `fitted: ${taken.map(({ setting }) => setting).join(', ')}`),
    'fit',
  );
  output.show(company, (style) => renderCompany(company, style));
  return 0;
};

export const exportCompany: Handler = async (context, input) => {
  const out = path.resolve(context.cwd, requiredText('--out', input.options['out']));
  const company = await new Companies(context.config).export(named(context, undefined), out);
  context.output.show({ company: company.company, version: company.version, out }, () => `Written to ${out}`);
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
