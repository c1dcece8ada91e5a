/** Starts the process beside the embedded server: it guards its web page, and ends it when nobody is left who uses it. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { serverPaths, type ServerRecord } from './server-record.js';
import type { WatchdogJob } from './server-watchdog.js';

/** In a session of its own: whatever ends the starter must not end it. What it has to say stands in the server's log. */
export async function startWatchdog(config: Config, record: ServerRecord): Promise<void> {
  const { process: server, ui_port, page_host, page_port } = record;
  if (server === null) return;
  const behind =
    page_host === undefined || page_port === undefined ? null : { host: page_host, port: page_port };
  const job: WatchdogJob = { server, page: behind && { port: ui_port, behind } };
  const program = path.join(config.projectRoot, 'dist', 'temporal', 'server-watchdog.js');
  const log = await open(serverPaths(config).log, 'a');
  try {
    spawn(process.execPath, [program, config.home, JSON.stringify(job)], {
      cwd: path.parse(config.home).root,
      detached: true,
      stdio: ['ignore', 'ignore', log.fd],
    }).unref();
  } finally {
    await log.close();
  }
}
