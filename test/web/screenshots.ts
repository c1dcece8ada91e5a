/** `npm run screenshots`: a picture of every page in both themes, from the real stack, into docs/images. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startStack } from './stack.js';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const REQUEST = { target: 2, strategy: 'conservative', tolerance: 0.001 };

interface Picture {
  readonly name: string;
  readonly path: (ids: Ids) => string;
  /** Stands on the page when it is complete. */
  readonly landmark: string | RegExp;
}

interface Ids {
  readonly run: string;
  readonly base: string;
  readonly kept: string;
}

const PICTURES: readonly Picture[] = [
  { name: 'parameters', path: () => '/parameters?lever=merit_base', landmark: 'History of the levers' },
  { name: 'impact', path: () => '/impact', landmark: 'Swing of each lever' },
  { name: 'simulate', path: () => '/simulate', landmark: /valid, \d+ warning/ },
  { name: 'results', path: ({ base }) => `/results?simulation=${base}`, landmark: 'Each check' },
  {
    name: 'compare',
    path: ({ base, kept }) => `/results?simulation=${base}&with=${kept}&view=compare`,
    landmark: 'What they were made of',
  },
  { name: 'auto-optimize', path: ({ run }) => `/optimize?run=${run}`, landmark: 'Levers before and after' },
  { name: 'assets', path: () => '/assets', landmark: 'intermediate/pay' },
  { name: 'runs', path: () => '/runs', landmark: 'converged' },
];

const stack = await startStack('screenshots');
try {
  await mkdir(FOLDER, { recursive: true });
  const run = await startAndWait();
  const base = await simulate();
  const { result } = (await json(`/api/runs/${run}`)) as { result: { simulation_id: string } };
  for (const dark of [false, true]) {
    const { page, context } = await stack.visitor({ as: 'analyst', dark });
    for (const picture of PICTURES)
      await take(page, picture, { run, base, kept: result.simulation_id }, dark);
    await context.close();
  }
} finally {
  await stack.close();
}

async function take(
  page: Page,
  { name, path: address, landmark }: Picture,
  ids: Ids,
  dark: boolean,
): Promise<void> {
  await page.goto(address(ids));
  await page.getByText(landmark).filter({ visible: true }).first().waitFor();
  // Charts are drawn after their data is in.
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(FOLDER, `${name}-${dark ? 'dark' : 'light'}.png`) });
  process.stdout.write(`${name} ${dark ? 'dark' : 'light'}\n`);
}

async function json(address: string, body?: object): Promise<Record<string, unknown>> {
  const init = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  return (await (await fetch(stack.url + address, init)).json()) as Record<string, unknown>;
}

async function startAndWait(): Promise<string> {
  const { run_id } = (await json('/api/runs', REQUEST)) as { run_id: string };
  await until(
    async () => ((await json(`/api/runs/${run_id}`)) as { run: { status: string } }).run.status !== 'running',
  );
  return run_id;
}

async function simulate(): Promise<string> {
  const { job_id } = (await json('/api/simulations', {})) as { job_id: string };
  let simulation = '';
  await until(async () => {
    const { simulation_id } = (await json(`/api/simulation-jobs/${job_id}`)) as {
      simulation_id: string | null;
    };
    simulation = simulation_id ?? '';
    return simulation !== '';
  });
  return simulation;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200));
}
