/** Whether runs can move on: the home, dbt, the Temporal server, and a worker on the task queue. */
import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Readiness } from './system.contract.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import type { ServerContext } from '../context.js';

type Check = Readiness['checks'][number];

export async function checkReadiness({ config, client }: ServerContext): Promise<Readiness> {
  const checks = await Promise.all([
    check('home', config.home, 'Correct the permissions, or choose another --home.', async () => {
      await mkdir(config.home, { recursive: true });
      await access(config.home, constants.R_OK | constants.W_OK);
    }),
    check(
      'dbt',
      path.join('.venv', 'bin', 'dbt'),
      'Run any meritloop command in the project: it installs dbt again.',
      () => access(path.join(config.projectRoot, '.venv', 'bin', 'dbt'), constants.X_OK),
    ),
    check('server', 'it answers', 'Start one with `meritloop server`, or correct TEMPORAL_ADDRESS.', () =>
      client.ping(),
    ),
    check('worker', `on task queue ${config.taskQueue}`, 'Start one with `meritloop worker`.', async () => {
      if ((await client.workers()) === 0) throw new Error('nobody polls the task queue');
    }),
  ]);
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function check(
  name: Check['name'],
  found: string,
  hint: string,
  look: () => Promise<unknown>,
): Promise<Check> {
  try {
    await look();
    return { name, ok: true, detail: found, hint: '' };
  } catch (error) {
    const own = error instanceof MeritloopError ? error.hint : hint;
    return { name, ok: false, detail: (error as Error).message, hint: own };
  }
}
