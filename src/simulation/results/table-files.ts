/** As SQL names the tables of a stored simulation: the files in its folder. */
export const TABLE_FILES = {
  snapshot: 'fct_workforce_snapshot.parquet',
  events: 'fct_yearly_events.parquet',
} as const;
