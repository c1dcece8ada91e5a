/** The page in a real browser on the real stack: first screen, answers to input on long tables, layout of a large graph. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { LayoutRequest } from '../web/src/features/assets/layout.js';
import { startStack, type Stack } from '../test/web/stack.js';
import { drawnAssets } from './page/drawn-assets.js';
import { FOLLOW_INTERACTIONS, slowestInteraction } from './page/interactions.js';
import { makeRuns } from './page/made-runs.js';
import { median, printTable, repeat } from './measure.js';

const ROUNDS = 5;
const LAYOUT_ROUNDS = 12;
const BOUND_MS = { firstScreen: 1000, interaction: 200, layout: 600 } as const;
const ASSETS = 300;
const READS = 482;
const RUNS = 10_000;

/** Prints what is measured beside what is allowed. */
export async function benchPage(root: string): Promise<void> {
  const stack = await startStack('bench');
  try {
    const simulation = await simulate(stack);
    const rows = [
      ...(await firstScreens(stack)),
      ...(await rowInteractions(stack, simulation)),
      ...(await runInteractions(stack)),
      await layout(stack, path.join(root, 'dist', 'web', 'assets')),
    ];
    printTable(
      'The page in Chromium',
      ['measured', 'median', 'worst', 'bound'],
      rows.map(({ what, times, bound }) => [
        what,
        `${median(times).toFixed(0)} ms`,
        `${Math.max(...times).toFixed(0)} ms`,
        `${bound} ms`,
      ]),
    );
  } finally {
    await stack.close();
  }
}

interface Measured {
  readonly what: string;
  /** Milliseconds. */
  readonly times: readonly number[];
  readonly bound: number;
}

/** From the start of the navigation, nothing cached, until the page shows its figures. */
async function firstScreens(stack: Stack): Promise<Measured[]> {
  const seen = await repeat(ROUNDS, async () => {
    const { page, context } = await stack.visitor();
    await page.goto('/parameters', { waitUntil: 'commit' });
    await page.getByText('History of the levers').waitFor();
    const complete = await page.evaluate<number>('performance.now()');
    // The element can be there before the browser has painted it.
    let painted: number | null = null;
    while (painted === null) {
      painted = await page.evaluate<number | null>(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null",
      );
    }
    await context.close();
    return { painted, complete };
  });
  const row = (what: string, times: readonly number[]): Measured => ({
    what,
    times,
    bound: BOUND_MS.firstScreen,
  });
  return [
    row(
      'first screen: something is painted',
      seen.map(({ painted }) => painted),
    ),
    row(
      'first screen: the levers are there',
      seen.map(({ complete }) => complete),
    ),
  ];
}

async function rowInteractions(stack: Stack, simulation: string): Promise<Measured[]> {
  const address = `/results?simulation=${simulation}&view=rows&statuses=continuous_active,new_hire_active,experienced_termination,new_hire_termination`;
  return interactions(stack, address, 'Rows of the snapshot', (page, table, row) => [
    row('sort', (round) => choose(page, 'Sorted by', round % 2 === 0 ? 'pay' : 'date')),
    row('filter', (round) => choose(page, 'Year', round % 2 === 0 ? '2027' : '')),
    row('scroll by keys', () => scroll(page, table)),
    row('type', async () => {
      await page.getByLabel('Employee').fill('');
      await page.getByLabel('Employee').pressSequentially('EMP_00012');
    }),
  ]);
}

async function runInteractions(stack: Stack): Promise<Measured[]> {
  const { run_id } = await answer(stack, '/api/runs', { target: 2, years: '2025-2025' });
  await until(async () => {
    const { run } = await answer(stack, `/api/runs/${String(run_id)}`);
    return (run as { readonly status: string }).status !== 'running';
  });
  await makeRuns(stack.home, String(run_id), RUNS);
  return interactions(stack, '/runs', 'Runs', (page, table, row) => [
    row('order', (round) => choose(page, 'Order', round % 2 === 0 ? 'gap' : 'failed')),
    row('filter', (round) => choose(page, 'State', round % 2 === 0 ? 'infeasible' : '')),
    row('scroll by keys', () => scroll(page, table)),
    row('choose a run', async () => {
      await page
        .getByRole('checkbox', { name: /^Compare / })
        .nth(2)
        .click();
    }),
    row('type', async () => {
      await page.getByLabel('Find', { exact: true }).fill('');
      await page.getByLabel('Find', { exact: true }).pressSequentially('target>2 made');
    }),
  ]);
}

type Row = (what: string, act: (round: number) => Promise<void>) => () => Promise<Measured>;

/** Interaction to next paint: from each input until the browser has painted what follows from it. */
async function interactions(
  stack: Stack,
  address: string,
  name: string,
  rowsOf: (page: Page, table: Locator, row: Row) => readonly (() => Promise<Measured>)[],
): Promise<Measured[]> {
  const { page, context } = await stack.visitor();
  await context.addInitScript({ content: FOLLOW_INTERACTIONS });
  await page.goto(address);
  const table = page.getByRole('table', { name, exact: true });
  await table.waitFor();
  const total = Number(await table.getAttribute('aria-rowcount')) - 1;
  if (total < 10_000) throw new Error(`the table has ${total} rows; 10,000 are needed`);
  const row: Row = (what, act) => async () => {
    const times = await repeat(ROUNDS, async (round) => {
      await slowestInteraction(page);
      await act(round);
      await page.waitForLoadState('networkidle');
      return slowestInteraction(page);
    });
    return {
      what: `${name}: ${what}, ${total.toLocaleString('en-US')} rows`,
      times,
      bound: BOUND_MS.interaction,
    };
  };
  const measured: Measured[] = [];
  for (const measure of rowsOf(page, table, row)) measured.push(await measure());
  await context.close();
  return measured;
}

async function scroll(page: Page, table: Locator): Promise<void> {
  await table.focus();
  for (const key of ['PageDown', 'PageDown', 'End', 'PageUp', 'Home']) await page.keyboard.press(key);
}

/** By keys, since the list of a native select is drawn by the system, not by the page. */
async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel(label, { exact: true }).selectOption(value);
}

/** Processor time of the page's own worker for a graph that it has never seen; the page around it does nothing. */
async function layout(stack: Stack, folder: string): Promise<Measured> {
  const script = (await readdir(folder)).find((name) => /^layout-worker.*\.js$/.test(name));
  if (script === undefined) throw new Error(`no layout worker in ${folder}: npm run build`);
  const { page, context } = await stack.visitor();
  await page.goto('/openapi.json');
  await untilIdle(stack.browser);
  const times = await repeat(LAYOUT_ROUNDS, async (round) => {
    const request = drawnAssets(ASSETS, READS, round);
    const before = await processorMs(stack.browser);
    await page.evaluate(layOutIn(`/assets/${script}`, request));
    return (await processorMs(stack.browser)) - before;
  });
  await context.close();
  return {
    what: `layout of ${ASSETS} assets, every group open: processor time of all renderers`,
    times,
    bound: BOUND_MS.layout,
  };
}

/** Runs in the page: a worker of its own for each graph. */
const layOutIn = (script: string, request: LayoutRequest): string => `new Promise((resolve, reject) => {
  const worker = new Worker(${JSON.stringify(script)}, { type: 'module' });
  worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  worker.addEventListener('message', ({ data }) => {
    worker.terminate();
    resolve(data.layout.nodes.length);
  });
  worker.postMessage({ id: 1, request: ${JSON.stringify(request)} });
})`;

async function processorMs(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

/** A page that was just opened goes on for a moment; that is not the layout's time. */
async function untilIdle(browser: Browser): Promise<void> {
  for (let before = -1, now = await processorMs(browser); now > before; now = await processorMs(browser)) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function simulate(stack: Stack): Promise<string> {
  const { job_id } = await answer(stack, '/api/simulations', {});
  let simulation: unknown = null;
  await until(async () => {
    ({ simulation_id: simulation } = await answer(stack, `/api/simulation-jobs/${String(job_id)}`));
    return typeof simulation === 'string';
  });
  return String(simulation);
}

/** @param body posted where there is one */
async function answer(stack: Stack, address: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (await fetch(stack.url + address, init)).json()) as Record<string, unknown>;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}
