/** Answers the routes of figures: results, bridges, distribution, comparison, definitions. */
import { failure } from '../../shared/errors/errors.js';
import { comparedResults, inputDifferences, leverDifferences } from '../../simulation/results/comparison.js';
import { DEFINITIONS } from '../../simulation/results/definitions.js';
import { distributionSql, HEADCOUNT_BRIDGE, histogramSql } from '../../simulation/results/population.js';
import { meanGrowth, resultRows, yearlyGrowth } from '../../simulation/results/yearly-results.js';
import { withheldBaseline, withheldSummary } from '../../simulation/results/withheld.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { bridgeYears, distributionLevels, payBridgeYears } from './views.js';
import * as routes from './routes.js';
import { withheldDistribution } from './withheld-distribution.js';

const ALL_LEVELS = [1, 2, 3, 4, 5];
/** Parts of growth add up to it but for rounding of doubles. */
const ROUNDING = 1e-9;

export const resultHandlers = ({ config, results }: ServerContext) =>
  newApi()
    .openapi(routes.getDefinitions, (context) => context.json({ definitions: [...DEFINITIONS] }, 200))
    .openapi(routes.compareSimulations, async (context) => {
      const { ids, metric, statuses } = context.req.valid('query');
      const smallest = smallestCellOf(config, context.get('caller'));
      const stored = await Promise.all(ids.map((id) => results.find(id)));
      const [simulations, levers] = await Promise.all([
        Promise.all(stored.map((one) => comparedResults(results, one, metric, statuses, smallest))),
        Promise.all(stored.map((one) => results.levers(one))),
      ]);
      const inputs = inputDifferences(stored);
      return context.json({ metric, statuses, simulations, inputs, levers: leverDifferences(levers) }, 200);
    })
    .openapi(routes.getResults, async (context) => {
      const started = performance.now();
      const { id } = context.req.valid('param');
      const { metric, statuses, levels, by } = context.req.valid('query');
      const stored = await results.findTables(id);
      const population = { statuses, levels };
      const smallest = smallestCellOf(config, context.get('caller'));
      const [rows, years] = await Promise.all([
        resultRows(results, stored, population, by, smallest),
        yearlyGrowth(results, stored, metric, population, smallest),
      ]);
      return context.json(
        {
          simulation_id: id,
          metric,
          statuses,
          levels: levels ?? ALL_LEVELS,
          baseline: withheldBaseline(stored.summary.baseline, smallest),
          years,
          mean_growth: meanGrowth(years),
          rows,
          figures: {
            growth: `growth_${metric}`,
            mean_pay: 'mean_pay',
            median_pay: 'median_pay',
            payroll: 'payroll',
            headcount: 'headcount',
          },
          seconds: (performance.now() - started) / 1000,
        },
        200,
      );
    })
    .openapi(routes.getHeadcountBridge, async (context) => {
      const { id } = context.req.valid('param');
      const stored = await results.findTables(id);
      const years = bridgeYears(await results.rows(stored, HEADCOUNT_BRIDGE), stored.summary);
      const chained = years.every(
        ({ opening }, index) => index === 0 || years[index - 1]?.closing === opening,
      );
      const reconciles = chained && years.every(({ difference }) => difference === 0);
      return context.json({ simulation_id: id, years, reconciles, figure: 'headcount_bridge' }, 200);
    })
    .openapi(routes.getPayBridge, async (context) => {
      const { id } = context.req.valid('param');
      const { summary } = await results.find(id);
      const years = payBridgeYears(withheldSummary(summary, smallestCellOf(config, context.get('caller'))));
      const reconciles = years.every(
        ({ difference }) => difference === null || Math.abs(difference) < ROUNDING,
      );
      return context.json({ simulation_id: id, years, reconciles, figure: 'pay_bridge' }, 200);
    })
    .openapi(routes.getDistribution, async (context) => {
      const { id } = context.req.valid('param');
      const { statuses, levels, bins, year: asked } = context.req.valid('query');
      const stored = await results.findTables(id);
      const years = stored.summary.years.map(({ year }) => year);
      const year = asked ?? years.at(-1) ?? 0;
      if (!years.includes(year))
        throw failure('PLAN_YEAR_UNKNOWN', { simulation: id, year, years: years.join(', ') });
      const population = { statuses, levels };
      const [quantiles, histogram] = await Promise.all([
        results.rows(stored, distributionSql(population, year)),
        results.rows(stored, histogramSql(population, year, bins)),
      ]);
      const told = distributionLevels(quantiles, histogram, bins);
      const smallest = smallestCellOf(config, context.get('caller'));
      return context.json(
        {
          simulation_id: id,
          year,
          statuses,
          levels:
            smallest <= 1
              ? told
              : await withheldDistribution(results, stored, { year, statuses }, told, smallest),
          figure: 'distribution',
        },
        200,
      );
    });
