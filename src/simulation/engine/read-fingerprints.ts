/** The fingerprints of a run: of its inputs as given, and of the parameters by the rows that they came out as. */
import type { Database } from './database.js';
import { createFingerprints } from '../model/fingerprints.js';
import { listYears } from '../../shared/contract/years.contract.js';
import { hash, isOfYears, type Plan } from '../model/plan.js';
import type { ModelVersion } from '../simulator.js';
import { catalogueValues, planYearValues, settingsValues, type RunState } from './state.js';
import { own } from '../../shared/own.terms.js';

export interface RunInputs {
  readonly run: RunState;
  /** The trial's lever set, a CSV file; its name stands for its content. */
  readonly leverFile: string;
  readonly censusFingerprint: string;
}

/** After the levers were resolved; answers `fingerprint(model, year)`. */
export async function readFingerprints(plan: Plan, database: Database, job: RunInputs) {
  const byContent = plan.models.filter((model) => model.contentBy !== null);
  const rows = await database.rows(
    byContent
      .map(
        ({ name, contentBy, relation }) =>
          `select '${name} ' || ${contentBy} as key, md5(string_agg(r::varchar, '|' order by r::varchar)) as content
           from ${relation} as r group by ${contentBy}`,
      )
      .join(' union all '),
  );
  const contents = new Map(rows.map((row) => [String(row['key']), String(row['content'])]));
  const sources: Readonly<Record<string, (year: number) => string>> = {
    'state.census': () => job.censusFingerprint,
    'state.run': () => `${job.run.scenario} ${job.run.years.first} ${job.run.years.last}`,
    'state.own_scenarios': () => JSON.stringify(job.run.own_scenarios ?? []),
    'state.lever_catalogue': () => catalogueValues,
    'state.settings': () => settingsValues(job.run),
    'state.plan_year': (year) => planYearValues(job.run, year),
    // Levers reach the yearly models only through models that are fingerprinted by content.
    'state.levers': () => job.leverFile,
  };
  return createFingerprints({
    plan,
    firstYear: job.run.years.first,
    source: (name, year) => hash(name, own(sources, name)?.(year) ?? ''),
    content: (model, year) => contents.get(`${model} ${year}`) ?? 'none',
  });
}

/** The fingerprint of every model, by year where its rows differ from year to year. After the levers were resolved. */
export async function readModelVersions(
  plan: Plan,
  database: Database,
  job: RunInputs,
): Promise<ModelVersion[]> {
  const fingerprint = await readFingerprints(plan, database, job);
  return plan.models.flatMap((model): ModelVersion[] =>
    isOfYears(model)
      ? listYears(job.run.years).map((year) => ({
          model: model.name,
          year,
          version: fingerprint(model.name, year),
        }))
      : [{ model: model.name, year: null, version: fingerprint(model.name, job.run.years.first) }],
  );
}
