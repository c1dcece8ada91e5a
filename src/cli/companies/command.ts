/** `company list | show | use | history`: looks at companies, and chooses the one in use. */
import { companyConfig, ofVersion } from '../../companies/company-config.js';
import { readSettings } from '../../companies/settings.js';
import { settingsText } from '../../companies/settings-text.js';
import { Companies } from '../../companies/companies.js';
import type { CliContext, Handler } from '../context.js';
import { wholeNumber } from '../option-values.js';
import { renderCompany, renderListing, renderVersions } from './render.js';

/** A company's highest number of versions is not bounded; this bounds the option alone. */
const MOST_VERSIONS = 1_000_000;

export const listCompanies: Handler = async ({ config, output }) => {
  const companies = await new Companies(config).list();
  output.show({ companies }, (style) => renderListing(companies, style));
  return 0;
};

export const showCompany: Handler = async (context, { args, options }) => {
  const { config, output } = context;
  const [, version] = args;
  const name = named(context, args[0]);
  const company = await new Companies(config).show(
    name,
    version === undefined ? undefined : wholeNumber('[version]', version, 1, MOST_VERSIONS),
  );
  if (options['settings'] !== true) {
    output.show(company, (style) => renderCompany(company, style));
    return 0;
  }
  const newest = companyConfig(config, name);
  const of = company.version === null ? newest : ofVersion(newest, company.version);
  const settings = await readSettings(of.seeds);
  output.show({ company: name, version: company.version, settings }, () => settingsText(settings).trimEnd());
  return 0;
};

export const useCompany: Handler = async (context, { args }) => {
  const company = await new Companies(context.config).use(named(context, args[0]));
  context.output.show(
    { company: company.company, version: company.version },
    () => `Commands without --company mean ${company.company} from now on.`,
  );
  return 0;
};

export const companyHistory: Handler = async (context, { args }) => {
  const name = named(context, args[0]);
  const versions = (await new Companies(context.config).history(name)).toReversed();
  context.output.show({ company: name, versions }, (style) => renderVersions(name, versions, style));
  return 0;
};

/** The company of the command's words, of `--company`, or the one in use. */
export const named = ({ company }: Pick<CliContext, 'company'>, name: string | undefined): string =>
  name ?? company;
