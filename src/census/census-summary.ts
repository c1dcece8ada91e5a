/** Aggregates of a stored census: headcount and pay by level, bands of age and tenure. Never a row. */
import path from 'node:path';
import { Database, literal, type Row } from '../simulation/engine/database.js';

export interface CensusAggregates {
  readonly headcount: number;
  /** USD a year, like all pay. */
  readonly mean_pay: number;
  readonly median_pay: number;
  readonly payroll: number;
  readonly levels: readonly {
    readonly job_level: number;
    readonly headcount: number;
    readonly mean_pay: number;
    readonly median_pay: number;
  }[];
  readonly ages: readonly { readonly band: string; readonly headcount: number }[];
  readonly tenures: readonly { readonly band: string; readonly headcount: number }[];
}

interface Edge {
  readonly from: number;
  readonly label: string;
}
const AGES: readonly Edge[] = [
  { from: 0, label: 'under 25' },
  { from: 25, label: '25–34' },
  { from: 35, label: '35–44' },
  { from: 45, label: '45–54' },
  { from: 55, label: '55–64' },
  { from: 65, label: '65 and over' },
];
const TENURES: readonly Edge[] = [
  { from: 0, label: 'under 2' },
  { from: 2, label: '2–4' },
  { from: 5, label: '5–9' },
  { from: 10, label: '10–19' },
  { from: 20, label: '20 and over' },
];

/**
 * @param levelFloors lowest pay of each level, from level 1: people without a level get one from their pay
 * @param baselineDate ISO; ages and tenures are whole years on that day
 */
export async function censusAggregates(
  folder: string,
  levelFloors: readonly number[],
  baselineDate: string,
  spillFolder: string,
): Promise<CensusAggregates> {
  const database = await Database.open(':memory:', { spillFolder });
  try {
    await database.run(peopleSql(path.join(folder, 'census.parquet'), levelFloors, baselineDate));
    const [[all = {}], levels, ages, tenures] = await Promise.all([
      database.rows(`select ${PAY} from people`),
      database.rows(`select level, ${PAY} from people group by level order by level`),
      database.rows(bandSql('age', AGES)),
      database.rows(bandSql('tenure', TENURES)),
    ]);
    return {
      headcount: Number(all['headcount']),
      mean_pay: Number(all['mean_pay'] ?? 0),
      median_pay: Number(all['median_pay'] ?? 0),
      payroll: Number(all['payroll'] ?? 0),
      levels: levels.map((row) => ({
        job_level: Number(row['level']),
        headcount: Number(row['headcount']),
        mean_pay: Number(row['mean_pay']),
        median_pay: Number(row['median_pay']),
      })),
      ages: bands(ages, AGES),
      tenures: bands(tenures, TENURES),
    };
  } finally {
    await database.close();
  }
}

const PAY = `count(*) as headcount, sum(annual_salary)::double / count(*) as mean_pay,
  median(annual_salary)::double as median_pay, sum(annual_salary)::double as payroll`;

function peopleSql(file: string, floors: readonly number[], baselineDate: string): string {
  const derived = floors
    .map((floor, index) => `when annual_salary >= ${floor} then ${index + 1}`)
    .toReversed();
  const date = `date ${literal(baselineDate)}`;
  return `create table people as
    select annual_salary, coalesce(job_level, case ${derived.join(' ')} else 1 end)::integer as level,
      datesub('year', birth_date, ${date}) as age, datesub('year', hire_date, ${date}) as tenure
    from read_parquet(${literal(file)}) where termination_date is null`;
}

const bandSql = (column: string, edges: readonly Edge[]): string => {
  const cases = edges.map(({ from }, index) => `when ${column} >= ${from} then ${index}`).toReversed();
  return `select case ${cases.join(' ')} else 0 end as band, count(*) as headcount from people group by band`;
};

const bands = (rows: readonly Row[], edges: readonly Edge[]) =>
  edges.map(({ label }, index) => ({
    band: label,
    headcount: Number(rows.find((row) => Number(row['band']) === index)?.['headcount'] ?? 0),
  }));
