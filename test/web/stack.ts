/** The page as its users have it: `meritloop ui` as a process with a home of its own, and an installed Chrome or Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/set-up/find-browser.js';
import { runMeritloop, startMeritloop, type RunningCommand } from '../cli/run-meritloop.js';

const READY_WITHIN_MS = 120_000;
const ANSWERS_WITHIN_MS = 120_000;

export interface Stack {
  readonly url: string;
  readonly home: string;
  readonly browser: Browser;
  /** A browser of its own: nothing is shared with another's. */
  visitor(options?: { readonly as?: string; readonly dark?: boolean }): Promise<Visitor>;
  /** Kills the process that is page, API and worker at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page's own code. */
  readonly faults: readonly string[];
}

export async function startStack(name: string): Promise<Stack> {
  const home = await mkdtemp(path.join(tmpdir(), `meritloop-web-${name}-`));
  let server = await startUi(home, 0);
  const browser = await launch();
  return {
    url: server.url,
    home,
    browser,
    visitor: (options = {}) => visit(browser, server.url, options),
    async kill() {
      server.command.process.kill('SIGKILL');
      await server.command.finished;
    },
    async restart() {
      server = await startUi(home, Number(new URL(server.url).port));
    },
    async close() {
      await browser.close();
      server.command.process.kill('SIGTERM');
      await server.command.finished;
      await runMeritloop(['server', 'stop', '--home', home]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface RunningUi {
  readonly command: RunningCommand;
  readonly url: string;
}

async function startUi(home: string, port: number): Promise<RunningUi> {
  const command = startMeritloop(['ui', '--json', '--port', String(port), '--home', home]);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && command.process.exitCode === null) {
    const url = /"url":\s*"([^"]+)"/.exec(command.stdout())?.[1];
    if (url !== undefined && (await isReady(url))) return { command, url };
    await sleep(100);
  }
  command.process.kill('SIGKILL');
  throw new Error(`meritloop ui is not ready: ${command.stdout()}${command.stderr()}`);
}

const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/api/ready`)).ok;

export async function launch(): Promise<Browser> {
  const executablePath = findBrowser(process.env);
  if (executablePath === undefined) throw new Error('no Chrome or Chromium is installed: npm run set-up');
  // Chromium refuses its sandbox to root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

async function visit(
  browser: Browser,
  baseURL: string,
  { as, dark = false }: { readonly as?: string; readonly dark?: boolean },
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1360, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(ANSWERS_WITHIN_MS);
  if (as !== undefined)
    await context.addInitScript({
      content: `sessionStorage.setItem('meritloop-user', ${JSON.stringify(as)})`,
    });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  return { page, context, faults };
}

/** Opens a tab of the page. */
export const openPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();

/** Types a lever's percentage into its cell. */
export async function setLever(page: Page, label: string, percent: string): Promise<void> {
  const cell = page.locator(`input.cell-input[aria-label="${label}, percent"]`);
  await cell.fill(percent);
  await cell.press('Enter');
}
