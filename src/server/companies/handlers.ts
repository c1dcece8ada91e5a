/** Answers the routes of companies. */
import { Companies, type Company } from '../../companies/companies.js';
import { removeCompany } from '../../companies/remove-company.client.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import * as routes from './routes.js';

export const companyHandlers = ({ config, logger }: ServerContext) => {
  const companies = new Companies(config);
  return newApi()
    .openapi(routes.getCompanies, async (context) =>
      context.json({ companies: await companies.list(), asked: config.company.name }, 200),
    )
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
  levels: company.levels.map((level) =>
    level.people >= smallest || level.people === 0 ? level : { ...level, min: null, mid: null, max: null },
  ),
});
