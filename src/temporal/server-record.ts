/** The embedded server's port file, `<home>/server/server.json`: where it listens and which process it is. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.js';
import { writeWhole } from '../shared/files/durable.js';
import { processIdentity } from '../shared/files/process-identity.js';

const serverRecord = z.object({
  port: z.int(),
  /** Where the guard before Temporal's web page listens. */
  ui_port: z.int(),
  /** Where that page stands itself; absent from records of earlier releases. */
  page_host: z.string().optional(),
  page_port: z.int().optional(),
  /** Null while no server was started, or after it was stopped. */
  process: processIdentity.nullable(),
  /** True after `server stop`: holders that still live must not start it again. */
  stopped: z.boolean(),
});
export type ServerRecord = z.infer<typeof serverRecord>;

export const serverPaths = ({ home }: Pick<Config, 'home'>) => {
  const folder = path.join(home, 'server');
  return {
    folder,
    record: path.join(folder, 'server.json'),
    lock: path.join(folder, 'server.lock'),
    leases: path.join(folder, 'leases'),
    log: path.join(folder, 'server.log'),
    database: path.join(folder, 'temporal.db'),
  };
};

export const addressOf = ({ port }: ServerRecord): string => `127.0.0.1:${port}`;
export const uiAddressOf = ({ ui_port }: ServerRecord): string => `http://127.0.0.1:${ui_port}`;

export async function readServerRecord(config: Pick<Config, 'home'>): Promise<ServerRecord | undefined> {
  try {
    return serverRecord.parse(JSON.parse(await readFile(serverPaths(config).record, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const writeServerRecord = (config: Pick<Config, 'home'>, record: ServerRecord): Promise<void> =>
  writeWhole(serverPaths(config).record, `${JSON.stringify(record, null, 2)}\n`);
