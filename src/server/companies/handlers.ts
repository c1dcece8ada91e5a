/** Answers the routes of companies. */
import { Companies, type Company } from '../../companies/companies.js';
import { removeCompany } from '../../companies/remove-company.client.js';
import { addCompany, type CompanyReport } from '../../companies/add-company.js';
import { changeSettings, proposedSettings } from '../../companies/change-settings.js';
import { companyConfig } from '../../companies/company-config.js';
import { readSettings } from '../../companies/settings.js';
import { SETTINGS } from '../../companies/settings.terms.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import * as routes from './routes.js';
import { forgetFile, keepFile, keptFile } from './uploaded-files.js';

export const companyHandlers = ({ config, logger, limits }: ServerContext) => {
  const companies = new Companies(config);
  return newApi()
    .openapi(routes.getCompanies, async (context) =>
      context.json({ companies: await companies.list(), asked: config.company.name }, 200),
    )
    .openapi(routes.uploadCompanyFile, async (context) => {
      const { name } = context.req.valid('query');
      const file = await keepFile(config, name, context.req.raw.body, limits.censusBytes);
      return context.json({ file, name }, 201);
    })
    .openapi(routes.postCompany, async (context) => {
      const { file, name, answers, dry_run: dryRun, reason } = context.req.valid('json');
      const { user: by, ...caller } = context.get('caller');
      const report = await addCompany(config, {
        file: await keptFile(config, file),
        name,
        answers,
        dryRun,
        by,
        reason,
        signal: context.req.raw.signal,
      });
      if (report.version !== null) await forgetFile(config, file);
      const shown = reportView(report, smallestCellOf(config, { user: by, ...caller }));
      return report.version === null ? context.json(shown, 200) : context.json(shown, 201);
    })
    .openapi(routes.getCompanySettings, async (context) => {
      const { company } = context.req.valid('param');
      const of = companyConfig(config, company);
      const [settings, proposals] = await Promise.all([
        readSettings(of.seeds),
        of.within === undefined ? [] : proposedSettings(config, company),
      ]);
      const values = new Map<string, unknown>(Object.entries(settings.workforce));
      const mayTell = smallestCellOf(config, context.get('caller')) === 1;
      return context.json(
        {
          company,
          version: of.company.version ?? null,
          settings: SETTINGS.map((term) => ({
            ...term,
            range: [...term.range] as [number, number],
            value: Number(values.get(term.name)),
          })),
          proposals: mayTell ? [...proposals] : [],
        },
        200,
      );
    })
    .openapi(routes.putCompanySettings, async (context) => {
      const { company } = context.req.valid('param');
      const { changes, reason } = context.req.valid('json');
      const caller = context.get('caller');
      const made = await changeSettings(
        config,
        company,
        changes.map(({ setting, value }) => [setting, value]),
        { by: caller.user, reason },
      );
      return context.json(viewOf(made, smallestCellOf(config, caller)), 200);
    })
    .openapi(routes.useCompany, async (context) => {
      const { company, version } = await companies.use(context.req.valid('json').company);
      return context.json({ company, version }, 200);
    })
    .openapi(routes.getCompany, async (context) => {
      const { company } = context.req.valid('param');
      const { version } = context.req.valid('query');
      const smallest = smallestCellOf(config, context.get('caller'));
      return context.json(viewOf(await companies.show(company, version), smallest), 200);
    })
    .openapi(routes.getCompanyHistory, async (context) => {
      const { company } = context.req.valid('param');
      const smallest = smallestCellOf(config, context.get('caller'));
      const versions = (await companies.history(company)).toReversed();
      return context.json({ company, versions: versions.map((version) => viewOf(version, smallest)) }, 200);
    })
    .openapi(routes.rollbackCompany, async (context) => {
      const { company } = context.req.valid('param');
      const { version, reason } = context.req.valid('json');
      const caller = context.get('caller');
      const made = await companies.rollback(company, version, { by: caller.user, reason });
      return context.json(viewOf(made, smallestCellOf(config, caller)), 200);
    })
    .openapi(routes.removeCompany, async (context) => {
      await removeCompany(config, context.req.valid('param').company, logger);
      return context.body(null, 204);
    });
};

/** Ranges may have been read from the pay of a level's people: of few, they would tell it. */
const viewOf = (company: Company, smallest: number) => ({
  ...company,
  levels: company.levels.map((level) => withheld(level, smallest)),
});

const withheld = (level: Company['levels'][number], smallest: number) =>
  level.people >= smallest || level.people === 0 ? level : { ...level, min: null, mid: null, max: null };

/** What the settings were read from tells of the pay of few people: only those who may see single pay learn it. */
const reportView = (report: CompanyReport, smallest: number) => ({
  ...report,
  levels: report.levels.map((level) => withheld(level, smallest)),
  segments: [...report.segments],
  notices: report.notices.map((each) => ({ ...each, lines: [...each.lines] })),
  questions: report.questions.map((each) => ({ ...each, options: [...each.options] })),
  evidence: smallest === 1 ? [...report.evidence] : [],
});
