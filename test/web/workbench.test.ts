/** Assets, Runs, Parameters and Impact beyond the main story, in a real browser on the real stack. */
import { jest } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { connectMeritloop, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/shared/log.js';
import { sha256, tokenAccess } from '../../src/server/access.js';
import type { Listening } from '../../src/server/listen.js';
import { startServer } from '../../src/server/start.js';
import { openPage, setLever, startStack, type Stack, type Visitor } from './stack.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
let visitor: Visitor;
let page: Page;
beforeAll(async () => {
  stack = await startStack('workbench');
  visitor = await stack.visitor({ as: 'ana' });
  page = visitor.page;
});
afterAll(() => stack.close());

const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('assets', () => {
  test('a selection is made after its plan was shown, and its card tells what happened', async () => {
    await page.goto('/assets?select=%2Bstg_job_levels&view=list');
    await button('Materialise the selection').click();
    await seen('2 to make, 0 reused, 0 blocked.');
    const plan = page.getByRole('table', { name: 'Plan of the run' });
    expect(await plan.innerText()).toContain('never made');
    await button('Make 2 partitions').click();
    await seen('Done: 2 of 2 steps: 2 made, 0 reused, 0 blocked, 0 failed.');
    await page.getByRole('img', { name: 'stg_job_levels: whole healthy' }).waitFor();
    await button('stg_job_levels').click();
    await page.getByRole('table', { name: 'History of stg_job_levels' }).getByText('✓ made').waitFor();
    await seen('Made from 1 input, none of which changed since');
    await seen(/reuse it: nothing changed/);
  });

  test('the next plan reuses what is there, until it is told to make it again', async () => {
    await button('Materialise the selection').click();
    await seen('0 to make, 2 reused, 0 blocked.');
    expect(await button('Make 0 partitions').isDisabled()).toBe(true);
    await page.getByLabel('Make it again, whatever is recorded').check();
    await seen('2 to make, 0 reused, 0 blocked.');
    await button('Cancel').click();
  });

  test('a materialisation is followed by its link, after a reload too, and cancelled', async () => {
    await page.goto('/assets?select=%2Bcompensation_optimization_loop&view=list');
    await button('Materialise the selection').click();
    await button(/^Make \d+ partitions$/).click();
    await page.waitForURL(/run=/);
    await page.reload();
    await button('Cancel the materialisation').click();
    await seen(
      /^(Cancelled; what was made stays: \d+ of \d+ steps|It ended before there was a plan: cancelled)/,
    );
    const run = new URL(page.url()).searchParams.get('run') ?? '';
    const state = (await (await fetch(`${stack.url}/api/materializations/${run}`)).json()) as {
      readonly status: string;
    };
    expect(state.status).toBe('cancelled');
    await button('Close').click();
    await button('Close').waitFor({ state: 'detached' });
  });

  test('a group with all that reads it is one click, and the selection holds in every view', async () => {
    await page.goto('/assets');
    await button('intermediate/pay with all that reads it').click();
    await page.waitForURL(/select=group/);
    const some = page.getByText(/^(\d+) of (?!\1 )\d+ assets/);
    await some.waitFor();
    const words = await some.innerText();
    for (const view of ['List', 'Checks', 'History', 'Graph']) {
      await page.getByText(view, { exact: true }).click();
      expect(await page.getByLabel('Selection', { exact: true }).inputValue()).toBe(
        'group:"intermediate/pay"+',
      );
      expect(await some.innerText()).toBe(words);
    }
  });
});

describe('runs', () => {
  const row = (id: string) => page.getByRole('row').filter({ hasText: id });
  const ask = async (target: number): Promise<string> => {
    const answer = await fetch(`${stack.url}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target, years: '2025-2025' }),
    });
    return ((await answer.json()) as { run_id: string }).run_id;
  };
  let first = '';
  let second = '';

  test('are found by their parameters and tags, and what is archived comes back', async () => {
    [first, second] = [await ask(2), await ask(1.5)];
    await page.goto('/runs?find=target<2');
    await row(second).waitFor();
    expect(await row(first).count()).toBe(0);
    await page.getByLabel(`Compare ${second}`).check();
    await page.getByLabel('Tag', { exact: true }).fill('round one');
    await button('Add the tag').click();
    await row(second).getByText('round one').waitFor();
    await page.getByLabel(`Compare ${second}`).check();
    await button('Archive').click();
    await seen('No run fits this filter.');
    await button('Undo').click();
    await row(second).getByText('round one').waitFor();
  });

  test('a filter is kept under a name', async () => {
    await page.getByLabel('Save it as').fill('small');
    await button('Save the view').click();
    await page.goto('/runs');
    await row(first).waitFor();
    await page.getByLabel('View').selectOption('small');
    await row(first).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Find').inputValue()).toBe('target<2');
  });

  test('a pinned run is what others are compared with, and a run is asked for again as it was', async () => {
    await page.goto(`/runs?compare=${first}`);
    await button('Pin as baseline').click();
    await row(first).getByText('★').waitFor();
    await page.goto(`/runs?compare=${second}`);
    const compared = page.getByRole('table', { name: 'Runs side by side' });
    await compared.getByText('Final growth').waitFor();
    expect(await compared.getByRole('columnheader').allInnerTexts()).toEqual(['Figure', first, second]);
    await button('Run again exactly').click();
    await page.waitForURL(/optimize\?.*run=/);
    const again = new URL(page.url()).searchParams.get('run') ?? '';
    const requestOf = async (id: string): Promise<Record<string, unknown>> => {
      const { request } = (await (await fetch(`${stack.url}/api/runs/${id}`)).json()) as {
        request: Record<string, unknown> | null;
      };
      return request ?? {};
    };
    await seen(/Growth meets/);
    const [before, after] = [await requestOf(second), await requestOf(again)];
    for (const key of ['target', 'census', 'lever_set', 'seed', 'years', 'strategy'])
      expect([key, after[key]]).toEqual([key, before[key]]);
  });
});

test('a grid stands under the runs, and leads to its own', async () => {
  await fetch(`${stack.url}/api/grids`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'board' },
    body: JSON.stringify({ targets: [2], strategies: ['balanced'], years: '2025-2025', tolerance: 1 }),
  });
  await page.goto('/runs');
  const grids = page.getByRole('table', { name: 'Grids' });
  await grids.getByText(/^(running|completed)$/).waitFor();
  await grids.getByRole('button', { name: 'board' }).click();
  await page.waitForURL(/find=board/);
  await page.getByRole('link', { name: /^board/ }).waitFor();
  await grids.getByText('1 of 1').waitFor();
  expect(await grids.getByText('completed').count()).toBe(1);
});

test('the impact of a draft tells what growth is made of, and its parts add up', async () => {
  await page.goto('/parameters');
  await setLever(page, 'Merit, level 1, all years', '2.5');
  await openPage(page, 'Impact Analysis');
  const parts = page.getByRole('figure', { name: 'What growth is made of' });
  await parts.locator('svg').waitFor();
  await parts.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('table', { name: 'Parts of growth, Current and Draft' });
  await table.waitFor();
  const changes = (await table.getByRole('row').allInnerTexts()).slice(1).map((row) =>
    Number(
      row
        .split('\t')[3]
        ?.replace('−', '-')
        .replace(/[^-\d.]/g, ''),
    ),
  );
  const whole = changes.pop() ?? Number.NaN;
  expect(whole).toBeLessThan(0);
  expect(changes.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole, 2);
});

describe('a server open to other machines', () => {
  const TOKENS = { vera: 'viewer', cora: 'approver' } as const;
  const tokenOf = (user: string): string => `${user}-and-twenty-more-letters`;
  let client: MeritloopClient;
  let server: Listening;
  let guest: Visitor;
  beforeAll(async () => {
    const config = loadConfig({ home: stack.home, logLevel: 'silent' }, {});
    const logger = createLogger(config);
    client = await connectMeritloop({ config, logger });
    const access = tokenAccess(
      Object.entries(TOKENS).map(([user, role]) => ({ user, role, sha256: sha256(tokenOf(user)) })),
    );
    server = await startServer({ config, logger, client, access, version: '0', host: '127.0.0.1', port: 0 });
    guest = await stack.visitor();
  });
  afterAll(async () => {
    await server.close();
    await client.close();
  });

  const signIn = async (token: string): Promise<void> => {
    await guest.page.getByRole('textbox', { name: 'Token' }).fill(token);
    await guest.page.getByRole('button', { name: 'Sign in' }).click();
  };

  test('shows nothing but a form, and refuses a token that is none', async () => {
    await guest.page.goto(`${server.url}/parameters`);
    await guest.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const { violations } = await new AxeBuilder({ page: guest.page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await signIn('no token of this server at all');
    await guest.page.getByText('TOKEN_UNKNOWN').waitFor();
    expect(await guest.page.getByRole('table').count()).toBe(0);
  });

  test('a viewer reads everything, and what takes another role says which', async () => {
    await signIn(tokenOf('vera'));
    await guest.page.getByText('vera is viewer').waitFor();
    await guest.page.getByText('History of the levers').waitFor();
    const naming = guest.page.getByRole('button', { name: 'New scenario' });
    expect(await naming.getAttribute('aria-description')).toBe(
      'This takes the role approver; vera is viewer.',
    );
    await naming.click({ force: true });
    expect(await guest.page.getByRole('dialog').count()).toBe(0);
    expect(await guest.page.getByRole('alert').count()).toBe(0);
  });

  test('an approver, signed in after the viewer, may do it', async () => {
    await guest.page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(tokenOf('cora'));
    await guest.page.getByText('cora is approver').waitFor();
    await guest.page.getByRole('button', { name: 'New scenario' }).click();
    await guest.page.getByRole('dialog').waitFor();
    expect(guest.faults).toEqual([]);
    await guest.context.close();
  });
});

test('nothing went wrong in the code of the page', () => {
  expect(visitor.faults).toEqual([]);
});
