/** Settings as a census tells them, each with what it was read from; nothing is taken from it without a word. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from '../census/database.js';
import type { PeopleOfFile } from './read-people.js';
import { likeLevel, MEAN_HIRE_FACTOR, type CompanySettings } from './settings.js';

/** One proposal beside what stands today. */
export interface Evidence {
  readonly setting: string;
  readonly today: number | null;
  readonly proposed: number;
  /** Such as `412 hires of the last two years`. */
  readonly evidence: string;
}

export interface Proposal {
  readonly settings: CompanySettings;
  readonly evidence: readonly Evidence[];
}

const PLAN_YEARS = 5;
/** Fewer people tell nothing of others. */
const ENOUGH = 5;
const ENOUGH_LEAVERS = 10;

/**
 * @param people as {@link readPeople} describes them; the rows are the table `people`
 * @param today settings that hold where the census tells nothing
 */
export async function proposeSettings(
  connection: DuckDBConnection,
  people: PeopleOfFile,
  today: CompanySettings,
): Promise<Proposal> {
  const { as_of } = people;
  const recent = `hire_date > date '${as_of}' - interval 2 year and hire_date <= date '${as_of}'`;
  const rows = await queryRows(
    connection,
    `select job_level as level, count_if(termination_date is null) as people, count_if(${recent}) as hires,
       avg(annual_salary::double) filter (where termination_date is null and ${recent}) as hired_at,
       count_if(termination_date is null and ${recent}) as hired,
       avg(annual_salary::double) filter (where termination_date is null) as paid,
       quantile_cont(annual_salary::double, 0.05) filter (where termination_date is null) as low,
       quantile_cont(annual_salary::double, 0.95) filter (where termination_date is null) as high
     from people group by 1`,
  );
  const byLevel = new Map(rows.map((row) => [Number(row['level']), row]));
  const allHires = rows.reduce((sum, row) => sum + Number(row['hires']), 0);
  const byHires = allHires >= ENOUGH * people.levels.length;
  const evidence: Evidence[] = [];
  let floor = 0;
  const levels = people.levels.map(({ level: level_id, name }) => {
    const row = byLevel.get(level_id);
    const old = today.levels[likeLevel(level_id, people.levels.length, today.levels.length) - 1];
    const hired = Number(row?.['hired'] ?? 0);
    const enough = hired >= ENOUGH;
    const paid = Number(row?.['paid'] ?? old?.hire_midpoint ?? 0);
    const comparable = enough ? Number(row?.['hired_at']) : paid;
    const hire_midpoint = Math.round(comparable / MEAN_HIRE_FACTOR);
    // Minimums rise with the level, and a midpoint lies inside its range.
    const min_pay = Math.max(
      floor + 1,
      Math.round(Math.min(Number(row?.['low'] ?? paid * 0.8), hire_midpoint * 0.99)),
    );
    floor = min_pay;
    const max_pay = Math.max(
      min_pay + 2,
      Math.round(Math.max(Number(row?.['high'] ?? 0), hire_midpoint * 1.01)),
    );
    const midpoint = Math.min(max_pay, Math.max(min_pay, hire_midpoint));
    const count = Number(row?.['people'] ?? 0);
    const say = (setting: string, value: number, of: number | undefined, from: string): void => {
      evidence.push({ setting: `${name}.${setting}`, today: of ?? null, proposed: value, evidence: from });
    };
    say('min', min_pay, old?.min_pay, `5th percentile of ${count} people`);
    say('max', max_pay, old?.max_pay, `95th percentile of ${count} people`);
    say(
      'mid',
      midpoint,
      old?.hire_midpoint,
      enough ? `mean pay of ${hired} hires of the last two years` : `mean pay of ${count} people`,
    );
    return { level_id, name, min_pay, max_pay, hire_midpoint: midpoint };
  });
  const hireShares = people.levels.map(({ level, name, people: count }) => {
    const share = byHires ? Number(byLevel.get(level)?.['hires'] ?? 0) : count;
    const whole = byHires ? allHires : people.active;
    evidence.push({
      setting: `${name}.hire_share`,
      today: today.hireShares[likeLevel(level, people.levels.length, today.levels.length) - 1] ?? null,
      proposed: share / Math.max(1, whole),
      evidence: byHires
        ? `${share} of ${allHires} hires of the last two years`
        : `${share} of ${whole} people of today`,
    });
    return share;
  });
  const turnover = await attrition(connection, as_of);
  const start_year = Number(as_of.slice(0, 4)) + 1;
  const workforce = { ...today.workforce, start_year, end_year: start_year + PLAN_YEARS - 1 };
  if (turnover !== undefined) {
    evidence.push({
      setting: 'total_termination_rate',
      today: today.workforce.total_termination_rate,
      proposed: turnover.rate,
      evidence: `${turnover.leavers} leavers of the year to ${as_of}, of ${turnover.people} people`,
    });
    workforce.total_termination_rate = turnover.rate;
  }
  return { settings: { workforce, levels, hireShares }, evidence };
}

/** Leavers of the last year among those who were there when it began; undefined where the file has few. */
async function attrition(connection: DuckDBConnection, as_of: string) {
  const from = `(date '${as_of}' - interval 1 year)`;
  const [row = {}] = await queryRows(
    connection,
    `select count_if(hire_date <= ${from} and termination_date > ${from} and termination_date <= date '${as_of}') as leavers,
       count_if(hire_date <= ${from} and (termination_date is null or termination_date > ${from})) as people from people`,
  );
  const [leavers, people] = [Number(row['leavers']), Number(row['people'])];
  if (leavers < ENOUGH_LEAVERS || people === 0) return undefined;
  return { leavers, people, rate: Math.min(0.95, Math.round((leavers / people) * 1e6) / 1e6) };
}
