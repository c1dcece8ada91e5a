/** Checks of what a kill or a disk has left behind and the program can mend: with --repair it does. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config.js';
import { leverStore } from '../../levers/open.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import { withLock } from '../../shared/files/exclusive-lock.js';
import { abandonedDrafts, dropAbandoned } from '../../simulation/export/abandoned-drafts.js';
import { serverStatus, stopServer } from '../../temporal/embedded-server.js';
import { databaseProblem, databasesAside, prepareDatabase } from '../../temporal/server-database.js';
import { serverPaths } from '../../temporal/server-record.js';
import { fail, pass, warn, type Finding } from './finding.js';
import { checkUnsealed } from './unsealed.js';

const REPAIR = 'Run `meritloop doctor --repair`.';
const DATABASE = 'Server database';
const ORPHANS = 'Orphans';
const DRAFTS = 'Publishing drafts';
const AUDIT = 'Audit log';

/** One after another: a server that nobody uses is ended before its database is looked at. */
export async function checkLeftovers(config: Config, repair: boolean): Promise<Finding[]> {
  if (!existsSync(config.home)) return [];
  const checks = [
    [ORPHANS, checkOrphan],
    [DATABASE, checkDatabase],
    [DRAFTS, checkDrafts],
    [AUDIT, checkAudit],
    ['Unsealed', checkUnsealed],
  ] as const;
  const findings: Finding[] = [];
  for (const [name, check] of checks) findings.push(await explained(name, () => check(config, repair)));
  return findings;
}

async function checkOrphan(config: Config, repair: boolean): Promise<Finding> {
  if (config.temporalAddress !== undefined) return pass(ORPHANS, 'the server is an outside one');
  const { pid, holders } = await serverStatus(config);
  if (pid === undefined || holders.length > 0) return pass(ORPHANS, 'no server that nobody uses');
  const found = `the Temporal server, pid ${pid}, is used by nobody`;
  if (!repair) return warn(ORPHANS, found, `It ends by itself within seconds, or: ${REPAIR}`);
  await stopServer(config);
  return pass(ORPHANS, `${found}: ended`);
}

async function checkDatabase(config: Config, repair: boolean): Promise<Finding> {
  const { database, lock } = serverPaths(config);
  if (config.temporalAddress !== undefined || !existsSync(database))
    return pass(DATABASE, 'none in this home');
  if ((await serverStatus(config)).pid !== undefined)
    return pass(DATABASE, 'in use: looked at when the server does not run');
  return withLock(lock, async () => {
    const problem = await databaseProblem(config, true);
    if (problem === undefined) {
      const aside = await databasesAside(config);
      return aside.length === 0
        ? pass(DATABASE, 'whole')
        : warn(
            DATABASE,
            `whole; ${aside.length} damaged before it, such as ${aside.at(-1)}`,
            'Look for runs in it, or remove it.',
          );
    }
    const found = `${database} is damaged: ${problem}`;
    if (!repair)
      return fail(
        DATABASE,
        found,
        `${REPAIR} It sets the file aside, as the next start does; results are kept.`,
      );
    const aside = await prepareDatabase(config, true);
    return pass(DATABASE, `${found}; set aside as ${aside?.file}: the next start makes a new one`);
  });
}

async function checkDrafts(config: Config, repair: boolean): Promise<Finding> {
  const drafts = await abandonedDrafts(config.home);
  if (drafts.length === 0) return pass(DRAFTS, 'none of killed processes');
  const found = `${drafts.length} of killed processes, such as ${drafts[0]}`;
  if (!repair) return warn(DRAFTS, found, `The next publish removes them, or: ${REPAIR}`);
  await dropAbandoned(config.home);
  return pass(DRAFTS, `${found}: removed`);
}

async function checkAudit(config: Config, repair: boolean): Promise<Finding> {
  if (!existsSync(path.join(config.home, 'levers'))) return pass(AUDIT, 'no levers in this home yet');
  const moves = await leverStore(config).history();
  const { recordMoves, unrecordedMoves } = await import('../../levers/record-moves.js');
  const missing = await unrecordedMoves(config, moves);
  if (missing === 0) return pass(AUDIT, `${moves.length} moves of levers`);
  const found = `${missing} moves of levers are in their history and not in the catalog`;
  if (!repair) return warn(AUDIT, found, `The next move, or the next worker, records them, or: ${REPAIR}`);
  await recordMoves(config, moves);
  return pass(AUDIT, `${found}: recorded`);
}

async function explained(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof MeritloopError) return fail(check, error.message, error.hint);
    throw error;
  }
}
