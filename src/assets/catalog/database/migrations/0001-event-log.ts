/** Migration: asset events, the latest state, and the audit log. */
import { sql, type Kysely, type Migration, type RawBuilder } from 'kysely';
import type { DatabaseKind } from '../database.js';

interface Words {
  /** Compared byte by byte, as SQLite does. */
  readonly text: RawBuilder<unknown>;
  readonly sequence: RawBuilder<unknown>;
  readonly reference: RawBuilder<unknown>;
  /** What stands behind a table's columns. */
  readonly suffix: RawBuilder<unknown>;
}

const WORDS: Readonly<Record<DatabaseKind, Words>> = {
  sqlite: {
    text: sql`text`,
    sequence: sql`integer primary key autoincrement`,
    reference: sql`integer`,
    suffix: sql`strict`,
  },
  postgresql: {
    text: sql`text collate "C"`,
    sequence: sql`bigint generated always as identity primary key`,
    reference: sql`bigint`,
    suffix: sql``,
  },
};

export const eventLog = (kind: DatabaseKind): Migration => ({
  async up(db: Kysely<never>): Promise<void> {
    const { text, sequence, reference, suffix } = WORDS[kind];
    await sql`
      create table asset_event (
        sequence ${sequence},
        id ${text} not null unique,
        kind ${text} not null,
        asset ${text} not null,
        partition ${text} not null,
        run ${text} not null,
        recorded_at ${text} not null,
        check_name ${text},
        passed integer,
        milliseconds integer,
        body ${text} not null
      ) ${suffix}`.execute(db);
    await sql`create index asset_event_of_asset on asset_event (asset, kind, sequence)`.execute(db);
    await sql`create index asset_event_of_run on asset_event (run, sequence)`.execute(db);
    await sql`create index asset_event_by_time on asset_event (recorded_at)`.execute(db);
    await sql`
      create table latest (
        asset ${text} not null,
        partition ${text} not null,
        slot ${text} not null,
        sequence ${reference} not null references asset_event (sequence),
        primary key (asset, partition, slot)
      ) ${suffix}`.execute(db);
    await sql`create index latest_of_event on latest (sequence)`.execute(db);
    await sql`
      create table audit (
        sequence ${sequence},
        id ${text} not null unique,
        action ${text} not null,
        subject ${text} not null,
        actor ${text} not null,
        run ${text},
        recorded_at ${text} not null,
        details ${text} not null
      ) ${suffix}`.execute(db);
    await sql`create index audit_of_subject on audit (subject, sequence)`.execute(db);
    await sql`create index audit_of_run on audit (run, sequence)`.execute(db);
    for (const [table, event] of KEPT) await forbid(db, kind, table, event);
  },
});

/** What is recorded stays as it was, whoever holds a connection; only asset events expire. */
const KEPT = [
  ['asset_event', 'update'],
  ['audit', 'update'],
  ['audit', 'delete'],
] as const;

async function forbid(
  db: Kysely<never>,
  kind: DatabaseKind,
  table: string,
  event: 'update' | 'delete',
): Promise<void> {
  const name = sql.raw(`${table}_without_${event}`);
  const on = sql.raw(`before ${event} on ${table}`);
  if (kind === 'sqlite') {
    const message = sql.lit(`${table} is append-only`);
    await sql`create trigger ${name} ${on} begin select raise(abort, ${message}); end`.execute(db);
    return;
  }
  const message = sql.lit(`% is append-only`);
  await sql`
    create or replace function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception ${message}, tg_table_name; end $$`.execute(db);
  await sql`create trigger ${name} ${on} for each row execute function refuse_change()`.execute(db);
}
