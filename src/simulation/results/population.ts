/** Filters and queries over the tables of a stored simulation, as SQL that people may run themselves. */
import type { DetailedStatus } from '../../runs/request.contract.js';
import { literal } from '../engine/database.js';
import { TABLE_FILES } from './table-files.js';

export interface Population {
  readonly statuses: readonly DetailedStatus[];
  /** Undefined: all. */
  readonly levels: readonly number[] | undefined;
}

export type Split = 'year' | 'level' | 'status' | 'level,status';

const list = (words: readonly (string | number)[]): string =>
  words.map((word) => (typeof word === 'number' ? String(word) : literal(word))).join(', ');

const SNAPSHOT = literal(TABLE_FILES.snapshot);

export function populationFilter({ statuses, levels }: Population): string {
  const parts = [`detailed_status_code in (${list(statuses)})`];
  if (levels !== undefined) parts.push(`level_id in (${list(levels)})`);
  return parts.join(' and ');
}

const SPLITS: Readonly<Record<Split, readonly string[]>> = {
  year: [],
  level: ['level_id'],
  status: ['detailed_status_code'],
  'level,status': ['level_id', 'detailed_status_code'],
};

/** Headcount and pay by year and what it is split by; sums over decimals, so that the order of rows does not matter. */
export function payByYear(population: Population, split: Split): string {
  const keys = ['simulation_year', ...SPLITS[split]];
  return `select ${keys.join(', ')},
  count(*) as headcount,
  sum(current_compensation)::double as payroll,
  sum(current_compensation)::double / count(*) as mean_pay,
  median(current_compensation)::double as median_pay,
  sum(prorated_compensation)::double / count(*) as prorated_mean_pay,
  sum(current_compensation) filter (detailed_status_code = 'continuous_active')::double as stayers_pay,
  sum(opening_compensation) filter (detailed_status_code = 'continuous_active')::double as stayers_opening_pay
from ${SNAPSHOT}
where ${populationFilter(population)}
group by ${keys.join(', ')}
order by ${keys.join(', ')}`;
}

export const HEADCOUNT_BRIDGE = `select simulation_year,
  count(*) filter (opening_compensation is not null) as opening,
  count(*) filter (opening_compensation is null) as hires,
  count(*) filter (detailed_status_code = 'experienced_termination') as experienced_terminations,
  count(*) filter (detailed_status_code = 'new_hire_termination') as new_hire_terminations,
  count(*) filter (employment_status = 'active') as closing
from ${SNAPSHOT}
group by simulation_year
order by simulation_year`;

export const distributionSql = (population: Population, year: number): string => `select level_id,
  count(*) as headcount,
  min(current_compensation)::double as min,
  quantile_cont(current_compensation::double, [.1, .25, .5, .75, .9]) as quantiles,
  max(current_compensation)::double as max,
  sum(current_compensation)::double / count(*) as mean
from ${SNAPSHOT}
where simulation_year = ${year} and ${populationFilter(population)}
group by level_id
order by level_id`;

/** Histogram of each level, over its own range; `bin` from 0. */
export const histogramSql = (population: Population, year: number, bins: number): string => `with people as (
  select level_id, current_compensation::double as pay,
    min(current_compensation::double) over (partition by level_id) as low,
    max(current_compensation::double) over (partition by level_id) as high
  from ${SNAPSHOT}
  where simulation_year = ${year} and ${populationFilter(population)}
)
select level_id,
  case when high > low then least(${bins - 1}, floor((pay - low) / (high - low) * ${bins}))::integer else 0 end as bin,
  count(*) as headcount
from people
group by level_id, bin
order by level_id, bin`;
