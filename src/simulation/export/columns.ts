/** The columns of the published tables that are no dbt mart, with what each holds. */

export interface PublishedColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

const column = (name: string, type: string, comment: string): PublishedColumn => ({ name, type, comment });

/** The columns of the file `levers.csv`, in its order. */
export const LEVER_TABLE: readonly PublishedColumn[] = [
  column('scenario_id', 'varchar', 'Scenario that the value came from.'),
  column('fiscal_year', 'integer', 'Plan year in which the value holds.'),
  column('job_level', 'integer', 'Job level, 1 to 5.'),
  column('event_type', 'varchar', 'RAISE, PROMOTION or HIRE.'),
  column('parameter_name', 'varchar', "The lever's name, such as merit_base."),
  column('parameter_value', 'decimal(18, 6)', 'Rate as a decimal (0.02 = 2 %), or factor on hire pay.'),
  column('is_locked', 'boolean', 'True when the tuner must leave the value as it is.'),
  column('created_at', 'varchar', 'When the value was set, as it stands in the file.'),
  column('created_by', 'varchar', 'Who set the value.'),
];

export const PROVENANCE_TABLE: readonly PublishedColumn[] = [
  column('simulation_id', 'varchar', 'Fingerprint of everything that decided the result.'),
  column('engine', 'varchar', 'Engine that ran the models: plan or dbt.'),
  column('made_at', 'timestamptz', 'When the simulation was made.'),
  column('published_at', 'timestamptz', 'When it was copied into this database.'),
  column('scenario', 'varchar', 'Scenario simulated.'),
  column('first_year', 'integer', 'First plan year.'),
  column('last_year', 'integer', 'Last plan year.'),
  column('seed', 'bigint', 'Random seed.'),
  column('census_sha256', 'varchar', 'sha256 of the imported census file.'),
  column('census_rows', 'bigint', 'People in the census.'),
  column('lever_set', 'varchar', 'Fingerprint of the lever set.'),
  column('dbt_code', 'varchar', 'Fingerprint of the dbt models and seeds.'),
  column('document', 'json', 'The whole provenance.json, with versions, timings and checks.'),
];
