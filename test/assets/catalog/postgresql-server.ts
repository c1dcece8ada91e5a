/** A PostgreSQL server of a test's own: in a temporary folder, on a free port, run by a normal user. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresql } from '../../../scripts/set-up/find-postgresql.js';
import { findFreePorts } from '../../../src/temporal/free-ports.js';

/** The user `nobody` of Linux: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

export interface PostgresqlServer {
  /** Makes an empty database and gives its URL. */
  makeDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgresql(): Promise<PostgresqlServer> {
  const programs = findPostgresql(process.env);
  if (programs === undefined) throw new Error('PostgreSQL is missing: run `npm run set-up`');
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-pg-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, NOBODY, NOBODY);
  const as: SpawnOptions = { cwd: folder, stdio: 'ignore', ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) };
  const data = path.join(folder, 'data');
  const locale = ['--encoding=UTF8', '--locale=C'];
  const made = spawn(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'meritloop', '-A', 'trust', '--no-sync', ...locale],
    as,
  );
  const [code] = (await once(made, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const [port = 0] = await findFreePorts(1);
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=60'];
  const server = spawn(
    path.join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, ...settings],
    as,
  );
  const urlOf = (database: string) => `postgresql://meritloop@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(urlOf('postgres'), server);
  } catch (error) {
    await stop();
    throw error;
  }
  let databases = 0;
  return {
    async makeDatabase() {
      const name = `catalog_${++databases}`;
      await runSql(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    stop,
  };
}

/** Runs one statement on a connection of its own. */
export async function runSql(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    try {
      await runSql(url, 'select 1');
      return;
    } catch (error) {
      // Nobody listens yet, or the server is still starting.
      if (!['ECONNREFUSED', '57P03'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await sleep(50);
    }
  }
}

/** SIGINT: PostgreSQL ends its sessions and itself. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGINT');
  await once(server, 'exit');
}
