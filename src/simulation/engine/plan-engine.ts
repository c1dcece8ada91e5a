/** The plan engine: runs a plan's SQL in this process, year after year, and runs no model twice for equal inputs. */
import path from 'node:path';
import type { ModelStep } from '../model-step.contract.js';
import { listYears } from '../../shared/contract/years.contract.js';
import { environmentFailure } from '../../shared/errors/explain.js';
import { literal, type Database } from './database.js';
import { explainModelFailure } from './model-failure.js';
import { hash, type Plan, type PlanModel } from '../model/plan.js';
import { readsSource, yearAncestors } from '../model/plan.js';
import { runSideBySide } from './all-done.js';
import { ScanChecks } from './run-checks.js';
import type { Fingerprint } from '../model/fingerprints.js';
import { readFingerprints, type RunInputs } from './read-fingerprints.js';
import { note, tellDamaged, type Origin, type YearAtWork, type YearRun } from './year-at-work.js';
import { openPlanYears, setPlanYear, writeLevers, writeRunState } from './state.js';

/** What a file that is no whole checkpoint of its model brings about. */
const USELESS: ReadonlySet<string> = new Set(['STORED_FILE_DAMAGED', 'MODEL_INVALID']);

export interface YearsReport {
  /** Years whose workforce was not simulated again. */
  readonly reusedYears: number;
  /** Those of them that came from checkpoints. */
  readonly loadedYears: readonly number[];
  /** In the order in which they ended. */
  readonly steps: readonly ModelStep[];
}

export class PlanEngine {
  readonly database: Database;
  readonly #plan: Plan;
  readonly #models: ReadonlyMap<string, PlanModel>;
  readonly #scanChecks: ScanChecks;
  /** What the tables hold: for each model the fingerprint of the rows of each year (or of its last run). */
  readonly #held = new Map<string, Map<number, string>>();
  /** The marts that are tables now. */
  readonly #marts = new Set<string>();
  /** The inputs that the parameters were last resolved for. */
  #resolved = '';
  #fingerprints: Promise<Fingerprint> | undefined;
  /** The run whose state the tables hold. */
  #run = '';

  constructor(plan: Plan, database: Database) {
    this.#plan = plan;
    this.#scanChecks = new ScanChecks(plan);
    this.database = database;
    this.#models = new Map(plan.models.map((model) => [model.name, model]));
  }

  /** Creates state tables and views, and loads the seeds; once per database. */
  async prepare(seedsFolder: string): Promise<void> {
    await this.database.run(this.#plan.createState);
    await openPlanYears(this.database);
    for (const seed of this.#plan.seeds) {
      const columns = Object.entries(seed.columns).map(([name, type]) => `'${name}': '${type}'`);
      await this.database.run(
        `create or replace table ${seed.relation} as select * from read_csv(?, auto_detect = false, header = true, columns = {${columns.join(', ')}})`,
        [`${seedsFolder}/${seed.file}`],
      );
    }
  }

  /** Loads run and levers, and runs what happens once a run: resolved parameters, the baseline, factor tables. */
  async resolve({ run, leverFile, censusFingerprint }: RunInputs): Promise<void> {
    const wanted = JSON.stringify([run, leverFile, censusFingerprint]);
    if (this.#resolved === wanted) return;
    this.#resolved = '';
    this.#fingerprints = undefined;
    if (this.#run !== JSON.stringify(run)) await writeRunState(this.database, run);
    this.#run = JSON.stringify(run);
    await writeLevers(this.database, leverFile);
    const once = this.#plan.models.filter(({ scope }) => scope === 'run');
    await runSideBySide(once, (model) => this.#runOnce(model, censusFingerprint));
    this.#resolved = wanted;
  }

  /** Models that read the levers always run: they are small, and their content decides what runs after them. */
  async #runOnce(model: PlanModel, censusFingerprint: string): Promise<void> {
    if (model.materialized === 'view') return this.#createView(model);
    const fingerprint = readsSource(this.#models, model, 'state.levers')
      ? undefined
      : hash(model.code, this.#plan.seedFingerprint, censusFingerprint);
    if (fingerprint !== undefined && this.#held.get(model.name)?.get(0) === fingerprint) return;
    await this.#fill(model);
    this.#held.set(model.name, new Map(fingerprint === undefined ? [] : [[0, fingerprint]]));
  }

  /** For what {@link resolve} was given; read once, so that it may begin before the years do. */
  fingerprints(inputs: RunInputs): Promise<Fingerprint> {
    this.#fingerprints ??= readFingerprints(this.#plan, this.database, inputs);
    return this.#fingerprints;
  }

  /**
   * Simulates every year after {@link resolve}, and checks what it made by one scan a table.
   * @throws INVARIANT_VIOLATED
   */
  async runYears(job: YearRun): Promise<YearsReport> {
    const fingerprint = await this.fingerprints(job);
    const kept = this.#plan.models.filter((model) => model.materialized === 'incremental');
    const years = listYears(job.run.years);
    for (const model of kept) await this.#keepOnly(model, years);
    let reusedYears = 0;
    const loadedYears: number[] = [];
    const steps: ModelStep[] = [];
    for (const [index, year] of years.entries()) {
      const report = (model: string) => {
        job.onProgress?.({
          year,
          years_done: index,
          years_total: years.length,
          years_reused: reusedYears,
          model,
          steps,
        });
        // An interrupt stops only the statement under way; between two, this does.
        job.signal?.throwIfAborted();
      };
      await setPlanYear(this.database, year);
      const origins: Origin[] = [];
      for (const model of kept) {
        origins.push(await this.#provide(model, { year, job, fingerprint, report, steps }));
      }
      if (origins[0] !== 'simulated') reusedYears += 1;
      if (origins[0] === 'loaded') loadedYears.push(year);
    }
    await this.#scanChecks.run(this.database, fingerprint, job.run.years.last);
    return { reusedYears, loadedYears, steps };
  }

  /** Removes the years of an earlier run that are not among this run's. */
  async #keepOnly(model: PlanModel, years: readonly number[]): Promise<void> {
    const held = [...(this.#held.get(model.name) ?? [])];
    const wanted = held.filter(([year]) => years.includes(year));
    if (wanted.length === held.length) return;
    this.#held.set(model.name, new Map());
    await this.database.run(
      `delete from ${model.relation} where simulation_year not in (${years.join(', ')})`,
    );
    this.#held.set(model.name, new Map(wanted));
  }

  /** Makes sure that a kept model's table holds the year's rows. */
  async #provide(model: PlanModel, at: YearAtWork): Promise<Origin> {
    const { year, job, report } = at;
    const wanted = at.fingerprint(model.name, year);
    const begin = performance.now();
    if (this.#held.get(model.name)?.get(year) === wanted) return note(at, model, begin, 'held');
    const told = (damaged: string) => tellDamaged(job, damaged, year);
    const file = model.checkpoint ? await job.checkpoints.find(wanted, told) : undefined;
    if (file !== undefined) {
      report(model.name);
      if (await this.#load(model, year, wanted, file, job)) return note(at, model, begin, 'loaded');
    }
    await this.#runAncestors(model, at);
    report(model.name);
    const own = performance.now();
    const rows = await this.#replaceYear(model, year, wanted, model.sql);
    note(at, model, own, 'simulated', rows);
    if (model.checkpoint && performance.now() - begin > job.checkpointAfterMs) {
      await job.checkpoints.save(
        wanted,
        this.database,
        `select * from ${model.relation} where simulation_year = ${year}`,
      );
    }
    return 'simulated';
  }

  /** False for a file that is damaged or no checkpoint: it is put aside, and the year simulated again. */
  async #load(model: PlanModel, year: number, wanted: string, file: string, job: YearRun): Promise<boolean> {
    try {
      await this.#replaceYear(model, year, wanted, `from read_parquet(${literal(file)})`);
      return true;
    } catch (error) {
      const explained = environmentFailure(error, model.name);
      if (explained === undefined || !USELESS.has(explained.code)) throw error;
      await job.checkpoints.discard(file);
      tellDamaged(job, file, year);
      return false;
    }
  }

  /** Runs the year's tables that `model` reads, each as soon as those that it reads itself are there. */
  async #runAncestors(model: PlanModel, at: YearAtWork): Promise<void> {
    const ancestors = yearAncestors(this.#models, model);
    await runSideBySide(
      this.#plan.models.filter(({ name }) => ancestors.has(name)),
      (ancestor) => this.#runAncestor(ancestor, at),
    );
  }

  async #runAncestor(ancestor: PlanModel, at: YearAtWork): Promise<void> {
    if (ancestor.materialized === 'view') return this.#createView(ancestor);
    const wanted = at.fingerprint(ancestor.name, at.year);
    const begin = performance.now();
    if (this.#held.get(ancestor.name)?.get(0) === wanted) return void note(at, ancestor, begin, 'held');
    at.report(ancestor.name);
    const rows = await this.#fill(ancestor);
    this.#held.set(ancestor.name, new Map([[0, wanted]]));
    note(at, ancestor, begin, 'simulated', rows);
  }

  /** Makes the horizon's models views on the years: with `files` also the marts that become files. */
  async createHorizonViews({ files }: { readonly files: boolean }): Promise<void> {
    for (const model of this.#plan.models) {
      if (model.scope === 'horizon' && (files || model.fileOrder === null)) await this.#createView(model);
    }
  }

  /**
   * Makes the marts that become files tables, so that they are written and checked without being made twice.
   * @param folder takes their rows from the files of a stored simulation instead
   */
  async holdMarts(folder?: string): Promise<void> {
    for (const { name, relation, sql } of this.#plan.models.filter(({ fileOrder }) => fileOrder !== null)) {
      if (this.#held.delete(name)) await this.database.run(`drop view ${relation}`);
      const rows =
        folder === undefined ? sql : `from read_parquet(${literal(path.join(folder, `${name}.parquet`))})`;
      await this.database.run(`create or replace table ${relation} as ${rows}`);
      this.#marts.add(relation);
    }
  }

  /** Drops the tables of {@link holdMarts}, which take as much memory as all the years together. */
  async releaseMarts(): Promise<void> {
    for (const relation of this.#marts) await this.database.run(`drop table ${relation}`);
    this.#marts.clear();
  }

  /**
   * Makes a table anew. Statements are planned each time: a prepared one keeps what it once learned of a table's
   * values, such as its only year, and gave wrong rows for the next.
   */
  #fill(model: PlanModel): Promise<number> {
    return this.#runModel(model, `create or replace table ${model.relation} as ${model.sql}`);
  }

  /** Puts the year's rows in place of that year's and all later ones, which were made from them. */
  async #replaceYear(model: PlanModel, year: number, fingerprint: string, sql: string): Promise<number> {
    const held = this.#held.get(model.name) ?? new Map<number, string>();
    const earlier = [...held].filter(([other]) => other < year);
    // Before the rows change: were this interrupted, the years counted as held would not be there.
    this.#held.set(model.name, new Map(earlier));
    if (earlier.length > 0 && earlier.length < held.size)
      await this.database.run(`delete from ${model.relation} where simulation_year >= ${year}`);
    const begin =
      earlier.length === 0 ? `create or replace table ${model.relation} as` : `insert into ${model.relation}`;
    const rows = await this.#runModel(model, `${begin} ${sql}`);
    this.#held.set(model.name, new Map([...earlier, [year, fingerprint]]));
    return rows;
  }

  /** Once; only when what it reads is there, because DuckDB binds a view when it is created. */
  async #createView(model: PlanModel): Promise<void> {
    if (this.#held.has(model.name)) return;
    await this.#runModel(model, `create or replace view ${model.relation} as ${model.sql}`);
    this.#held.set(model.name, new Map());
  }

  /** @returns the rows written. @throws MeritloopError MODEL_INVALID where DuckDB does not understand the model's SQL */
  async #runModel(model: PlanModel, statement: string): Promise<number> {
    try {
      return await this.database.write(statement);
    } catch (error) {
      throw explainModelFailure(model, error);
    }
  }
}
