/** Fills a new database with a simulation's tables, each column commented. */
import path from 'node:path';
import { provenance as provenanceFile, type Provenance } from '../provenance.contract.js';
import type { SimulationSummary } from '../simulation.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { readText } from '../../shared/files/durable.js';
import { parseStored } from '../../shared/files/stored-json.js';
import { wholeOf } from '../../shared/errors/explain.js';
import { csvCellTextSql } from '../engine/database.js';
import { literal, type Database } from '../engine/database.js';
import type { Plan } from '../model/plan.js';
import { allDone } from '../engine/all-done.js';
import { LEVER_TABLE, PROVENANCE_TABLE, type PublishedColumn } from './columns.js';
import { GROWTH_MART, growthTable } from './yearly-growth.js';

export interface PublishedTable {
  readonly name: string;
  readonly rows: number;
}

export interface StoredSimulation {
  readonly summary: SimulationSummary;
  /** `<home>/simulations/<id>`. */
  readonly folder: string;
}

/** @returns the tables with their rows. @throws MeritloopError STORED_FILE_DAMAGED when rows are missing from a file */
export async function createTables(
  database: Database,
  plan: Plan,
  { summary, folder }: StoredSimulation,
): Promise<PublishedTable[]> {
  const file = path.join(folder, 'provenance.json');
  const text = (await readText(file)) ?? '';
  const origin = parseStored(file, text, (value) => provenanceFile.parse(value), folder);
  const marts = plan.models.filter(({ fileOrder }) => fileOrder !== null);
  for (const { name } of marts) await copyMart(database, name, folder, origin);
  await database.run(growthTable(summary, origin.scenario));
  await createLevers(database, path.join(folder, 'levers.csv'));
  await createProvenance(database, origin, text);

  for (const { name, description, columns } of plan.models)
    if (name === GROWTH_MART || marts.some((mart) => mart.name === name))
      await comment(database, name, description, columns);
  await comment(
    database,
    'levers',
    'Levers of this simulation, after inheritance. One row per year, level and parameter.',
    byName(LEVER_TABLE),
  );
  await comment(
    database,
    'provenance',
    'What this simulation was made of. One row.',
    byName(PROVENANCE_TABLE),
  );
  const names = [...marts.map(({ name }) => name), GROWTH_MART, 'levers', 'provenance'];
  return allDone(names.map(async (name) => ({ name, rows: await countRows(database, name) })));
}

async function copyMart(
  database: Database,
  name: string,
  folder: string,
  { rows }: Provenance,
): Promise<void> {
  const file = path.join(folder, `${name}.parquet`);
  await database.run(`create table ${name} as from read_parquet(${literal(file)})`);
  const [found, wanted] = [await countRows(database, name), rows[`${name}.parquet`]];
  if (found !== wanted)
    throw failure('STORED_FILE_DAMAGED', {
      path: file,
      detail: `it has ${found} rows instead of ${wanted ?? 'a known number'}`,
      remove: wholeOf(file),
    });
}

async function createLevers(database: Database, file: string): Promise<void> {
  const columns = LEVER_TABLE.map(({ name, type }) => `${name}: '${type}'`).join(', ');
  await database.run(
    `create table levers as select * replace (${csvCellTextSql('created_at')} as created_at, ${csvCellTextSql('created_by')} as created_by)
    from read_csv(${literal(file)}, header = true, auto_detect = false, columns = {${columns}})`,
  );
}

async function createProvenance(database: Database, origin: Provenance, document: string): Promise<void> {
  const { census, years } = origin;
  const columns = PROVENANCE_TABLE.map(({ name, type }) => `${name} ${type}`).join(', ');
  await database.run(`create table provenance (${columns})`);
  await database.run(`insert into provenance values (${PROVENANCE_TABLE.map(() => '?').join(', ')})`, [
    origin.simulation_id,
    origin.engine,
    origin.made_at,
    new Date().toISOString(),
    origin.scenario,
    years.first,
    years.last,
    origin.seed,
    census.sha256,
    census.rows,
    origin.lever_set,
    origin.dbt_code,
    document,
  ]);
}

const byName = (columns: readonly PublishedColumn[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, comment: text }) => [name, text]));

async function comment(
  database: Database,
  table: string,
  description: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const statements = Object.entries(columns).map(
    ([name, text]) => `comment on column ${table}.${name} is ${literal(text)}`,
  );
  await database.run([`comment on table ${table} is ${literal(description)}`, ...statements].join(';\n'));
}

async function countRows(database: Database, table: string): Promise<number> {
  const [row] = await database.rows(`select count(*) as rows from ${table}`);
  return Number(row?.['rows']);
}
