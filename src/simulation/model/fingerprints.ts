/** Fingerprints of a model in a year: equal fingerprints mean equal rows, so nothing is computed twice. */
import { hash, type Plan, type PlanModel } from './plan.js';

export interface FingerprintInputs {
  readonly plan: Plan;
  readonly firstYear: number;
  /** Fingerprint of a state source in a year, e.g. the census's, or that year's draws. */
  readonly source: (name: string, year: number) => string;
  /** Fingerprint of the rows that a `contentBy` model holds for a year. */
  readonly content: (model: string, year: number) => string;
}

/** Names a model's rows in a year. */
export type Fingerprint = (model: string, year: number) => string;

/** Answers `fingerprint(model, year)`; a model that runs once a run gives the same for every year. */
export function createFingerprints({ plan, firstYear, source, content }: FingerprintInputs): Fingerprint {
  const models = new Map(plan.models.map((model) => [model.name, model]));
  const seeds = new Map(plan.seeds.map(({ name, content }) => [name, content]));
  const known = new Map<string, string>();

  const ofSource = (name: string, year: number): string => {
    const [group, table] = name.split('.');
    if (group !== 'preceding_year' || table === undefined) return source(name, year);
    return year === firstYear ? 'baseline' : fingerprint(table, year - 1);
  };

  const compute = (model: PlanModel, year: number): string =>
    model.contentBy === null
      ? hash(
          model.code,
          ...model.refs.map((ref) =>
            models.has(ref) ? fingerprint(ref, year) : (seeds.get(ref) ?? plan.seedFingerprint),
          ),
          ...model.sources.map((name) => ofSource(name, year)),
        )
      : content(model.name, year);

  function fingerprint(name: string, year: number): string {
    const key = `${name} ${year}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const model = models.get(name);
    if (model === undefined) throw new TypeError(`no model ${name} in the plan`);
    const value = compute(model, year);
    known.set(key, value);
    return value;
  }

  return fingerprint;
}
