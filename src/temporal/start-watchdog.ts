/** Starts the process that ends the embedded server when nobody is left who uses it. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import type { ProcessIdentity } from '../shared/files/process-identity.js';
import { serverPaths } from './server-record.js';

/** In a session of its own: whatever ends the starter must not end it. What it has to say stands in the server's log. */
export async function startWatchdog(config: Config, server: ProcessIdentity): Promise<void> {
  const program = path.join(config.projectRoot, 'dist', 'temporal', 'server-watchdog.js');
  const log = await open(serverPaths(config).log, 'a');
  try {
    spawn(process.execPath, [program, config.home, JSON.stringify(server)], {
      cwd: path.parse(config.home).root,
      detached: true,
      stdio: ['ignore', 'ignore', log.fd],
    }).unref();
  } finally {
    await log.close();
  }
}
