/** Check of the Temporal server: reachable where one should be, and no stale trace of one that died. */
import type { Config } from '../../config.js';
import { serverStatus } from '../../temporal/embedded-server.js';
import { readServerRecord } from '../../temporal/server-record.js';
import { fail, pass, warn, type Finding } from './finding.js';

const CHECK = 'Temporal server';

export async function checkServer(config: Config): Promise<Finding> {
  const { embedded, address, pid, healthy, holders } = await serverStatus(config);
  if (!embedded) {
    return healthy
      ? pass(CHECK, `outside server at ${address} answers`)
      : fail(
          CHECK,
          `outside server at ${address} does not answer`,
          'Start it, or correct or unset TEMPORAL_ADDRESS.',
        );
  }
  if (pid !== undefined) {
    return healthy
      ? pass(CHECK, `runs at ${address}, pid ${pid}, used by ${holders.length} processes`)
      : fail(
          CHECK,
          `pid ${pid} at ${address} does not answer`,
          'Run `meritloop server stop`, then your command again.',
        );
  }
  const record = await readServerRecord(config);
  if (record?.process == null) return pass(CHECK, 'not running; started when needed');
  const detail = `its record names pid ${record.process.pid}, which is gone`;
  return warn(
    CHECK,
    detail,
    'Nothing to do: the next command starts it again; `meritloop server stop` clears the record.',
  );
}
