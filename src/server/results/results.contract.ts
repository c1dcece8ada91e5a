/** Requests and responses about the results of stored simulations. Pay in USD a year, growth in percent, parts in pp. */
import { z } from 'zod';
import { leverRow, parameterName } from '../../levers/lever.contract.js';
import { METRICS, STATUSES } from '../../runs/request.contract.js';
import { decomposition } from '../../simulation/simulation.contract.js';
import {
  anyStatusesQuery,
  defaultNumberQuery,
  levelsQuery,
  optionalNumberQuery,
  statusesQuery,
} from '../common.contract.js';

const metric = z.enum(METRICS).default('mean').describe('What growth compares from year to year.');
const status = z.enum(STATUSES);

/** Which figure of `/api/definitions` a number is. */
const figure = z.string().describe('Key of the figure in `/api/definitions`.');

export const resultsQuery = z.object({
  metric,
  statuses: statusesQuery,
  levels: levelsQuery,
  by: z
    .enum(['year', 'level', 'status', 'level,status'])
    .default('year')
    .describe('What each year is split by; `year`: not at all.'),
});

const resultRow = z.object({
  year: z.int(),
  level: z.int().nullable().describe('Null: all levels chosen.'),
  status: status.nullable().describe('Null: all statuses chosen.'),
  headcount: z.int(),
  mean_pay: z.number().nullable().describe('USD a year; null without people.'),
  median_pay: z.number().nullable().describe('USD a year; null without people.'),
  payroll: z.number().nullable().describe('Sum of annual pay, USD.'),
  prorated_mean_pay: z.number().nullable().describe('Mean pay earned in the year, USD; null without people.'),
  why_hidden: z.string().nullable().describe('Why pay is withheld from this role; null where it is told.'),
});

export const results = z
  .object({
    simulation_id: z.string(),
    metric: z.enum(METRICS),
    statuses: z.array(status),
    levels: z.array(z.int()).describe('Those chosen.'),
    baseline: z.object({
      headcount: z.int(),
      mean_pay: z.number().nullable().describe('USD a year; null, as all here, where it is withheld.'),
      median_pay: z.number().nullable().describe('USD a year.'),
      payroll: z.number().nullable().describe('Sum of annual pay, USD.'),
      prorated_mean_pay: z.number().nullable().describe('USD.'),
    }),
    years: z.array(
      z.object({
        year: z.int(),
        growth: z
          .number()
          .nullable()
          .describe('Percent against the year before; null where there is nothing to compare with.'),
        why_null: z.string().nullable().describe('Why there is no growth.'),
      }),
    ),
    mean_growth: z
      .number()
      .nullable()
      .describe('Mean of the yearly growth, percent; null when a year has none.'),
    rows: z.array(resultRow),
    figures: z.object({
      growth: figure,
      mean_pay: figure,
      median_pay: figure,
      payroll: figure,
      headcount: figure,
    }),
    seconds: z.number().describe('Time that the answer took.'),
  })
  .meta({ id: 'Results' });

export const distributionQuery = z.object({
  year: optionalNumberQuery(2020, 2060, 'Plan year; default: the last.'),
  statuses: statusesQuery,
  levels: levelsQuery,
  bins: defaultNumberQuery(1, 100, 20, 'Bins of the histogram of each level.'),
});

export const distribution = z
  .object({
    simulation_id: z.string(),
    year: z.int(),
    statuses: z.array(status),
    levels: z.array(
      z.object({
        level: z.int(),
        headcount: z.int(),
        min: z.number().nullable().describe('USD a year, as all that follow; null where it is withheld.'),
        p10: z.number().nullable(),
        p25: z.number().nullable(),
        median: z.number().nullable(),
        p75: z.number().nullable(),
        p90: z.number().nullable(),
        max: z.number().nullable(),
        mean: z.number().nullable(),
        why_hidden: z.string().nullable().describe('Why figures are withheld from this role.'),
        bins: z.array(
          z.object({
            from: z.number().describe('USD a year, inclusive.'),
            to: z.number().describe('USD a year, exclusive but for the last bin.'),
            headcount: z.int(),
          }),
        ),
      }),
    ),
    figure,
  })
  .meta({ id: 'Distribution' });

export const TABLES = ['snapshot', 'events'] as const;
export const EVENT_CATEGORIES = [
  'hire',
  'promotion',
  'raise',
  'experienced_termination',
  'new_hire_termination',
] as const;

/** The filters under which a number was made, and with which its rows are found. */
const rowFilter = {
  table: z.enum(TABLES).default('snapshot'),
  year: optionalNumberQuery(2020, 2060, 'Plan year; default: all.'),
  statuses: anyStatusesQuery,
  levels: levelsQuery,
  category: z.enum(EVENT_CATEGORIES).optional().describe('Category of the events; default: all.'),
  employee_id: z.string().min(1).max(200).optional().describe('One person.'),
};

export const rowsQuery = z.object({
  ...rowFilter,
  sort: z
    .enum(['employee_id', 'year', 'level', 'pay', 'date'])
    .default('employee_id')
    .describe('pay: current_compensation, or new_compensation of events; date: hire_date or effective_date.'),
  descending: z.enum(['true', 'false']).default('false'),
  offset: defaultNumberQuery(0, 100_000_000, 0, 'Rows to pass over.'),
  limit: defaultNumberQuery(1, 1000, 100, 'Rows to return.'),
});

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const tableRows = z
  .object({
    simulation_id: z.string(),
    table: z.enum(TABLES),
    columns: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
    rows: z.array(z.record(z.string(), cell)).describe('By column; dates as YYYY-MM-DD, pay in USD.'),
    total: z.int().describe('Rows that fit, on all pages.'),
    offset: z.int(),
    next_offset: z.int().nullable().describe('Null on the last page.'),
    sql: z.string().describe('The query, for any DuckDB.'),
  })
  .meta({ id: 'TableRows' });

export const downloadQuery = z.object({
  ...rowFilter,
  format: z.enum(['csv', 'parquet']).default('csv'),
});

export const compareQuery = z.object({
  ids: z
    .string()
    .regex(/^[0-9a-f]{32}(,[0-9a-f]{32}){1,5}$/, 'must be two to six simulations, with commas between')
    .transform((text) => [...new Set(text.split(','))])
    .refine((ids) => ids.length > 1, 'must name at least two different simulations')
    .describe('Two to six simulations, with commas between; the first is compared with.'),
  metric,
  statuses: statusesQuery,
});

const difference = z.object({
  name: z.string(),
  values: z.array(cell).describe('One for each simulation, in the order asked for.'),
  equal: z.boolean(),
});

export const comparison = z
  .object({
    metric: z.enum(METRICS),
    statuses: z.array(status),
    simulations: z.array(
      z.object({
        simulation_id: z.string(),
        scenario: z.string().nullable(),
        made_at: z.string().nullable(),
        mean_growth: z.number().nullable().describe('Percent, by the metric and statuses asked for.'),
        years: z.array(
          z.object({
            year: z.int(),
            growth: z.number().nullable().describe('Percent.'),
            headcount: z.int(),
            mean_pay: z.number().nullable().describe('USD a year; null where it is withheld.'),
            median_pay: z.number().nullable().describe('USD a year.'),
            payroll: z.number().nullable().describe('Sum of annual pay, USD.'),
            decomposition: decomposition.nullable().describe('Of mean growth of all actives, pp.'),
          }),
        ),
      }),
    ),
    inputs: z
      .array(difference)
      .describe('What they were made of: census, levers, seed, years, engine, code.'),
    levers: z
      .array(
        z.object({
          fiscal_year: z.int(),
          job_level: z.int(),
          parameter_name: parameterName,
          values: z
            .array(z.number().nullable())
            .describe('Decimal rates or multipliers, one for each simulation.'),
          equal: z.boolean(),
        }),
      )
      .describe('Every lever of any of them; `equal` tells which differ.'),
  })
  .meta({ id: 'Comparison' });

export const personParam = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits'),
  employee_id: z.string().min(1).max(200),
});

export const timeline = z
  .object({
    simulation_id: z.string(),
    employee_id: z.string(),
    years: z.array(z.record(z.string(), cell)).describe('Rows of the snapshot.'),
    events: z.array(z.record(z.string(), cell)).describe('Rows of the events.'),
  })
  .meta({ id: 'EmployeeTimeline' });

export const definition = z
  .object({
    figure: z.string(),
    title: z.string(),
    unit: z.string().describe('USD, percent, pp or people.'),
    description: z.string().describe('How it is computed, of whom.'),
    sql: z
      .string()
      .describe('The same as SQL over the files of a simulation, for any DuckDB; run it in its folder.'),
  })
  .meta({ id: 'Definition' });
export const definitions = z.object({ definitions: z.array(definition) }).meta({ id: 'Definitions' });

export const simulationLevers = z
  .object({ simulation_id: z.string(), levers: z.array(leverRow) })
  .meta({ id: 'SimulationLevers' });
